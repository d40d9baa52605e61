// The figures of the bulletin: one row each, in the order in which they are printed.
#include <algorithm>
#include <unordered_map>

#include "bot/community/bulletin.hpp"

namespace linli::community {

namespace {

using enum Shape;

constexpr std::string_view late_checkin = "周后补录或更正了打卡";
constexpr std::string_view late_duty = "周后补记或申诉核实了班次";
constexpr std::string_view late_task = "周后更正了事项的地点或状态";
constexpr std::string_view late_voice = "周后补记";

// clang-format off
constexpr Figure table[] = {
    {"households", "基数", "住户", "户", count, {}, {}, "签发时登记在册的户数", "登记户数变动"},

    {"checkin_due", "打卡", "应打卡", "户次", count, {}, {}, "每户每天算一次；只算当天 12:00 处于需要每日打卡的应急级别的地方，当天报为空户、搬走的除外", "登记户数、应急级别或空户记录变动"},
    {"checkin_done", "打卡", "已打卡", "户次", count, {}, {}, "应打卡的户次里已知道情况的（正常或有人不舒服），本人报和代报都算，一户一天算一次；住户提出异议的不算", late_checkin},
    {"checkin_proxy", "打卡", "其中代报", "户次", count, {}, {}, "已打卡里由网格员等代报的", late_checkin},
    {"checkin_unwell", "打卡", "有人不舒服", "户次", count, {}, {}, "已打卡里报有人不舒服的", late_checkin},
    {"checkin_unreached", "打卡", "没联系上或不愿说", "户次", count, {}, {}, "应打卡里找过而没联系上、或不愿说的，不计入已打卡", late_checkin},
    {"checkin_rate", "打卡", "打卡率", "%", rate, "checkin_done", "checkin_due", "已打卡户次除以应打卡户次"},

    {"duty_due", "值守", "应到班次", "班", count, {}, {}, "本周内开始、到岗结果已定的班次：准时、迟到、缺岗之和；请假、谢绝、取消的不算", late_duty},
    {"duty_stood", "值守", "准时到岗", "班", count, {}, {}, "开始后 5 分钟内签到，或替别人顶上的班次", late_duty},
    {"duty_late", "值守", "迟到", "班", count, {}, {}, "开始 5 分钟后才签到的班次", late_duty},
    {"duty_missing", "值守", "缺岗", "班", count, {}, {}, "到点没人、后来也没签到的班次", late_duty},
    {"duty_excused", "值守", "有因请假", "班", count, {}, {}, "说了原因来不了的班次，不计入应到", late_duty},
    {"duty_rate", "值守", "准时率", "%", rate, "duty_stood", "duty_due", "准时到岗班次除以应到班次"},

    {"help_opened", "求助", "新开", "件", count, {}, {}, "本周登记的求助和紧急求助", late_task},
    {"help_solved", "求助", "办好", "件", count, {}, {}, "本周由承办人报办好的，一件报几次也算一件", late_task},
    {"help_confirmed", "求助", "居民确认", "件", count, {}, {}, "本周由居民确认解决的", late_task},
    {"help_silent", "求助", "未回音", "件", count, {}, {}, "报办好后两次询问居民没有回音而结的", late_task},
    {"help_reopened", "求助", "重新打开", "件", count, {}, {}, "居民说没解决、本周重新打开的", late_task},
    {"help_open", "求助", "周末未结", "件", count, {}, {}, "截止时还没有结的", late_task},
    {"help_median", "求助", "一半在此时间内办好", "", median, "help_span", {}, "本周报办好的求助，从登记到最后一次报办好的时间，取中间的一件", late_task},
    {"help_ninth", "求助", "九成在此时间内办好", "", ninth, "help_span", {}, "同上，取第九成的一件", late_task},

    {"rumour_opened", "传言", "新送核", "条", count, {}, {}, "本周送去核实的传言", late_task},
    {"rumour_checked", "传言", "核实", "条", count, {}, {}, "本周给出结论的传言", late_task},

    {"suggestion_opened", "建议", "新提", "条", count, {}, {}, "本周收到的建议", late_task},
    {"suggestion_answered", "建议", "答复", "条", count, {}, {}, "本周答复的建议", late_task},

    {"gap_opened", "缺口", "新发现", "处", count, {}, {}, "本周新开的覆盖缺口事项（一件可含同一片的几处）", late_task},
    {"gap_filled", "缺口", "补上", "处", count, {}, {}, "本周补上而销单的覆盖缺口事项", late_task},
    {"gap_open", "缺口", "周末未补", "处", count, {}, {}, "截止时还没补上的覆盖缺口事项", late_task},

    {"campaign_base", "排查", "应查", "户次", count, {}, {}, "本周在办的各项排查和行动，每项每户算一次", "登记户数变动"},
    {"campaign_known", "排查", "已有结果", "户次", count, {}, {}, "应查的户里，截止时为完成、拒访、空户、搬走或新发现的", late_voice},
    {"campaign_unreachable", "排查", "没联系上", "户次", count, {}, {}, "应查的户里，找过而截止时还没联系上的", late_voice},
    {"campaign_rate", "排查", "覆盖率", "%", rate, "campaign_known", "campaign_base", "已有结果户次除以应查户次"},
    {"screening_opened", "排查", "新派", "件", count, {}, {}, "本周派出的排查事项", late_task},
    {"screening_closed", "排查", "办结", "件", count, {}, {}, "本周办结的排查事项", late_task},
    {"patrol_missed", "巡访", "漏访点", "次", count, {}, {}, "巡访点超过时限没人到而报出的次数", late_task},
    {"finding_opened", "巡访", "新发现", "件", count, {}, {}, "巡访本周发现的问题", late_task},
    {"finding_solved", "巡访", "处理", "件", count, {}, {}, "本周处理好的巡访问题", late_task},
    {"rectify_opened", "整改", "新派", "件", count, {}, {}, "督查本周派出的整改", late_task},
    {"rectify_closed", "整改", "销号", "件", count, {}, {}, "本周复查后销号的整改", late_task},
    {"notice_asked", "通知", "须回执", "人次", count, {}, {}, "本周发出的须回执通知", late_task},
    {"notice_acknowledged", "通知", "已回执", "人次", count, {}, {}, "本周收到的回执", late_task},
    {"care_missed", "关爱", "漏联系", "次", count, {}, {}, "该联系而没联系上、转给网格长的", late_task},
    {"care_contacts", "关爱", "联系到", "次", count, {}, {}, "本周记下的关爱联系，没人应的不算", late_voice},

    {"thanks_duty", "感谢", "班班到岗", "人", count, {}, {}, "本周在这里有班、而且每一班都准时到岗的人；在几处值守的每处算一次", late_duty},
    {"thanks_help", "感谢", "帮到邻居", "人", count, {}, {}, "本周办好了求助、居民也确认了的人；在几处办的每处算一次", late_task},

    {"burden_messages", "负担", "发出消息", "条", count, {}, {}, "本周主动发给这里的人的消息，对来话的答复不算；住在哪里算在哪里，没有住处的算在任职的地方", late_voice},
    {"burden_questions", "负担", "其中要人答的", "条", count, {}, {}, "主动发出的消息里要对方回答或办理的", late_voice},

    {"overdue", "超期", "超期未结", "件", count, {}, {}, "截止时没有结、且已经因为没人接或没办完而上报过的各类事项", late_task},
};
// clang-format on

}  // namespace

std::span<const Figure> figures() {
  return table;
}

std::optional<std::size_t> figure_index(std::string_view id) {
  auto found = std::ranges::find(table, id, &Figure::id);
  if (found != std::end(table)) return static_cast<std::size_t>(found - std::begin(table));
  // A span is named by the figures made of it; its facts are kept under the first of them.
  found = std::ranges::find_if(
      table, [&](const Figure& figure) { return figure.shape == median && figure.part == id; });
  if (found == std::end(table)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(table));
}

}  // namespace linli::community
