// Draws what the tables say, one bar an area. Rates come in tenths of a per cent.
(() => {
  const { areas } = JSON.parse(document.getElementById('data').textContent);
  const names = areas.map((area) => area.name);
  const row = 26;
  const chart = (id, series, percent) => {
    const place = document.getElementById(id);
    place.style.height = `${Math.max(150, 70 + names.length * row * (percent ? series.length * 0.8 : 1))}px`;
    const drawn = echarts.init(place, null, { renderer: 'svg' });
    drawn.setOption({
      animation: false,
      color: ['#1a7f5a', '#2b6cb0', '#7a9e3a', '#a0a9b4', '#d9822b'],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 36, top: series.length > 1 ? 52 : 12, bottom: 8, containLabel: true },
      legend: series.length > 1 ? { top: 0, left: 0, itemWidth: 14 } : undefined,
      xAxis: { type: 'value', max: percent ? 100 : undefined, minInterval: 1, axisLabel: { hideOverlap: true } },
      yAxis: { type: 'category', data: names, inverse: true, axisTick: { show: false } },
      series,
    });
    return drawn;
  };
  const bar = (name, id, more) => ({ name, type: 'bar', barMaxWidth: 16, data: areas.map((area) => area[id] ?? null), ...more });
  const rate = (name, id) => ({
    ...bar(name, id), data: areas.map((area) => (area[id] === undefined ? null : area[id] / 10)),
    label: { show: true, position: 'insideRight', color: '#fff', fontSize: 11 },
  });
  const drawn = [
    chart('rates', [rate('打卡率', 'checkin_rate'), rate('准时率', 'duty_rate')], true),
    chart('help', [
      bar('新开', 'help_opened'), bar('办好', 'help_solved'), bar('居民确认', 'help_confirmed'),
      bar('未回音', 'help_silent'), bar('重新打开', 'help_reopened'),
    ].map((one) => ({ ...one, barMaxWidth: 7 }))),
    chart('overdue', [bar('超期未结', 'overdue', { itemStyle: { color: '#d9822b' }, label: { show: true, position: 'right' } })]),
  ];
  const fit = () => drawn.forEach((one) => one.resize());
  addEventListener('resize', fit);
  addEventListener('beforeprint', fit);
  addEventListener('afterprint', fit);
})();
