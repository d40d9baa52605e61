// All ledgers of one database, made in one place; parts are handed only those they need.
#pragma once

#include "bot/store/absence_ledger.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/ask_ledger.hpp"
#include "bot/store/assessment_ledger.hpp"
#include "bot/store/bulletin_ledger.hpp"
#include "bot/store/burden_ledger.hpp"
#include "bot/store/campaign_ledger.hpp"
#include "bot/store/care_ledger.hpp"
#include "bot/store/checkin_ledger.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/code_ledger.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/coverage_ledger.hpp"
#include "bot/store/delivery_ledger.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/example_ledger.hpp"
#include "bot/store/gate_ledger.hpp"
#include "bot/store/guidance_ledger.hpp"
#include "bot/store/household_answers.hpp"
#include "bot/store/household_register.hpp"
#include "bot/store/inbox_ledger.hpp"
#include "bot/store/inspection_ledger.hpp"
#include "bot/store/level_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/notice_ledger.hpp"
#include "bot/store/organisation_ledger.hpp"
#include "bot/store/pairing_ledger.hpp"
#include "bot/store/patrol_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/picture_ledger.hpp"
#include "bot/store/question_ledger.hpp"
#include "bot/store/shift_ledger.hpp"
#include "bot/store/suggestion_ledger.hpp"
#include "bot/store/task_ledger.hpp"
#include "bot/store/task_link_ledger.hpp"

namespace linli::store {

struct Ledgers {
  Ledgers(Database& db, FieldCipher& cipher)
      : people(db, cipher),
        areas(db),
        appointments(db, areas),
        coverage(db, areas, appointments),
        organisations(db, areas),
        absences(db),
        levels(db, areas),
        members(db, cipher),
        consents(db),
        codes(db, cipher),
        tasks(db, cipher),
        dues(db),
        asks(db),
        checkins(db, cipher),
        claims(db, cipher),
        questions(db, cipher),
        shifts(db, cipher),
        gate(db, cipher),
        observations(db, cipher),
        care(db, cipher),
        campaigns(db, cipher),
        answers(db, cipher),
        households(db, cipher, areas, people, members),
        links(db),
        patrol(db),
        inspections(db, cipher),
        guidance(db),
        bulletins(db),
        assessments(db, cipher),
        burden(db),
        notices(db, cipher),
        suggestions(db),
        pairings(db, cipher),
        examples(db, cipher),
        pictures(db, cipher),
        inbox(db, cipher),
        deliveries(db, cipher) {}

  PersonLedger people;
  AreaLedger areas;
  AppointmentLedger appointments;
  CoverageLedger coverage;
  OrganisationLedger organisations;
  AbsenceLedger absences;
  LevelLedger levels;
  MemberLedger members;
  ConsentLedger consents;
  CodeLedger codes;
  TaskLedger tasks;
  DueLedger dues;
  AskLedger asks;
  CheckinLedger checkins;
  ClaimLedger claims;
  QuestionLedger questions;
  ShiftLedger shifts;
  GateLedger gate;
  ObservationLedger observations;
  CareLedger care;
  CampaignLedger campaigns;
  HouseholdAnswers answers;
  HouseholdRegister households;
  TaskLinkLedger links;
  PatrolLedger patrol;
  InspectionLedger inspections;
  GuidanceLedger guidance;
  BulletinLedger bulletins;
  AssessmentLedger assessments;
  BurdenLedger burden;
  NoticeLedger notices;
  SuggestionLedger suggestions;
  PairingLedger pairings;
  ExampleLedger examples;
  PictureLedger pictures;
  InboxLedger inbox;
  DeliveryLedger deliveries;
};

}  // namespace linli::store
