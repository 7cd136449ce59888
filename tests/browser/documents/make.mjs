// Writes the hard documents beside it: invented people and events, places that exist. Run it after changing it:
//
//   node tests/browser/documents/make.mjs             writes *.json and bad/*.json here
//   node tests/browser/documents/make.mjs --many DIR  writes the 5,000-stop documents, which are too large to keep
//
// Nothing here is random and no clock is read: the same script gives the same bytes.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// name, country, latitude, longitude, kind (a city where nothing is said)
const PLACES = {
  lisbon: ['Lisbon', 'PT', 38.7167, -9.1333], madrid: ['Madrid', 'ES', 40.4165, -3.7026], paris: ['Paris', 'FR', 48.8534, 2.3488],
  berlin: ['Berlin', 'DE', 52.5244, 13.4105], warsaw: ['Warsaw', 'PL', 52.2298, 21.0118], prague: ['Prague', 'CZ', 50.088, 14.4208],
  vienna: ['Vienna', 'AT', 48.2085, 16.3721], bratislava: ['Bratislava', 'SK', 48.1482, 17.1067], budapest: ['Budapest', 'HU', 47.498, 19.0399],
  rome: ['Rome', 'IT', 41.8919, 12.5113], athens: ['Athens', 'GR', 37.9838, 23.7278], sofia: ['Sofia', 'BG', 42.6975, 23.3241],
  bucharest: ['Bucharest', 'RO', 44.4323, 26.1063], belgrade: ['Belgrade', 'RS', 44.804, 20.4651], zagreb: ['Zagreb', 'HR', 45.8144, 15.978],
  copenhagen: ['Copenhagen', 'DK', 55.6759, 12.5655], stockholm: ['Stockholm', 'SE', 59.3326, 18.0649], oslo: ['Oslo', 'NO', 59.9127, 10.7461],
  helsinki: ['Helsinki', 'FI', 60.1695, 24.9354], tallinn: ['Tallinn', 'EE', 59.437, 24.7535], riga: ['Riga', 'LV', 56.946, 24.1059],
  vilnius: ['Vilnius', 'LT', 54.6892, 25.2798], london: ['London', 'GB', 51.5085, -0.1257], dublin: ['Dublin', 'IE', 53.3331, -6.2489],
  reykjavik: ['Reykjavík', 'IS', 64.1355, -21.8954], brussels: ['Brussels', 'BE', 50.8505, 4.3488], hague: ['The Hague', 'NL', 52.0767, 4.2986],
  luxembourg: ['Luxembourg', 'LU', 49.6117, 6.13], bern: ['Bern', 'CH', 46.9481, 7.4474], ljubljana: ['Ljubljana', 'SI', 46.0511, 14.5051],
  ankara: ['Ankara', 'TR', 39.9199, 32.8543], cairo: ['Cairo', 'EG', 30.0626, 31.2497], tunis: ['Tunis', 'TN', 36.819, 10.1658],
  nairobi: ['Nairobi', 'KE', -1.2833, 36.8167], kampala: ['Kampala', 'UG', 0.3163, 32.5822], kigali: ['Kigali', 'RW', -1.9499, 30.0589],
  addis: ['Addis Ababa', 'ET', 9.025, 38.7469], lagos: ['Lagos', 'NG', 6.4541, 3.3947], accra: ['Accra', 'GH', 5.556, -0.1969],
  pretoria: ['Pretoria', 'ZA', -25.7449, 28.1878], delhi: ['New Delhi', 'IN', 28.6358, 77.2245], tokyo: ['Tokyo', 'JP', 35.6895, 139.6917],
  seoul: ['Seoul', 'KR', 37.566, 126.9784], beijing: ['Beijing', 'CN', 39.9075, 116.3972], singapore: ['Singapore', 'SG', 1.2897, 103.8501],
  bangkok: ['Bangkok', 'TH', 13.754, 100.5014], canberra: ['Canberra', 'AU', -35.2835, 149.1281], wellington: ['Wellington', 'NZ', -41.2866, 174.7756],
  suva: ['Suva', 'FJ', -18.1416, 178.4415], apia: ['Apia', 'WS', -13.8333, -171.7667], nukualofa: ['Nuku‘alofa', 'TO', -21.1394, -175.2018],
  honolulu: ['Honolulu', 'US', 21.3069, -157.8583], tarawa: ['Tarawa', 'KI', 1.3278, 172.977], santiago: ['Santiago', 'CL', -33.4569, -70.6483],
  washington: ['Washington', 'US', 38.8951, -77.0364], ottawa: ['Ottawa', 'CA', 45.4112, -75.6981], mexico: ['Mexico City', 'MX', 19.4285, -99.1277],
  lima: ['Lima', 'PE', -12.0432, -77.0282], brasilia: ['Brasília', 'BR', -15.7797, -47.9297],
  jerusalem: ['Jerusalem', 'IL', 31.769, 35.2163], ramallah: ['Ramallah', 'PS', 31.8996, 35.2042], bethlehem: ['Bethlehem', 'PS', 31.7049, 35.2038],
  amman: ['Amman', 'JO', 31.9552, 35.945], jericho: ['Jericho', 'PS', 31.8667, 35.45], telaviv: ['Tel Aviv', 'IL', 32.0809, 34.7806],
  longyearbyen: ['Longyearbyen', 'SJ', 78.2232, 15.6267], mcmurdo: ['McMurdo Station', 'AQ', -77.85, 166.6667, 'site'], alert: ['Alert', 'CA', 82.5018, -62.3481, 'site'],
  southpole: ['Amundsen–Scott South Pole Station', 'AQ', -89.9975, 139.2728, 'site'], ushuaia: ['Ushuaia', 'AR', -54.8108, -68.3159],
  france: ['France', 'FR', 46, 2, 'country'], poland: ['Poland', 'PL', 52, 20, 'country'], kenya: ['Kenya', 'KE', 1, 38, 'country'],
};

const PEOPLE = {
  marques: ['Helena Marques', 'Foreign Minister', 'PT'], leal: ['Duarte Leal', 'Defence Minister', 'PT'], tremblay: ['Louise Tremblay', 'Trade Minister', 'CA'],
  adeyemi: ['Funmilayo Adeyemi', 'President', 'NG'], lindqvist: ['Åsa Lindqvist', 'Prime Minister', 'SE'], rahmani: ['Karim Rahmani', 'Foreign Minister', 'TN'],
  okoro: ['Grace Okoro', 'High Representative', 'UN'], weaver: ['Thomas Weaver', 'Secretary of State', 'US'], tanaka: ['Yumi Tanaka', 'Foreign Minister', 'JP'],
  novak: ['Petr Novák', 'Prime Minister', 'CZ'], silva: ['Rui Silva', 'President', 'BR'], ngata: ['Aroha Ngata', 'Foreign Minister', 'NZ'],
};

/** A document under construction: names become ids, stops become visits, and what is not said is left null. */
class Itinerary {
  constructor(id, title, { published = '2031-03-20', source = 'Portolan hard documents', ...more } = {}) {
    this.document = {
      schema: 'portolan/itinerary/1',
      article: { id, title, source, url: null, published, published_from: published ? 'metadata' : null, words: 400, ...more },
      officials: [], places: [], trips: [], visits: [], meetings: [], sequence: [], warnings: [],
    };
    this.at = 0;
  }

  official(id, name, title, country, aliases = []) {
    if (!this.document.officials.some((o) => o.id === id)) {
      const known = PEOPLE[id] ?? [];
      this.document.officials.push({
        id, name: name ?? known[0] ?? id, title: title === undefined ? known[1] ?? null : title,
        country: country === undefined ? known[2] ?? null : country, aliases, mentions: 3,
      });
    }
    return id;
  }

  place(id, name, country, lat, lon, kind) {
    if (!this.document.places.some((p) => p.id === id)) {
      const known = PLACES[id] ?? [];
      this.document.places.push({
        id, name: name ?? known[0] ?? id, kind: kind ?? known[4] ?? 'city', country: country === undefined ? known[1] ?? null : country,
        geonames: null, lat: lat === undefined ? known[2] ?? null : lat, lon: lon === undefined ? known[3] ?? null : lon, aliases: [],
      });
    }
    return id;
  }

  evidence(quote) {
    const start = this.at;
    this.at += Buffer.byteLength(quote) + 1;
    return { start, end: this.at - 1, quote };
  }

  /** A trip: each stop is [place, start, end, status, order, quote], all but the place optional; the order counts up by itself. */
  trip(traveller, stops, kind = 'main') {
    const d = this.document;
    this.official(traveller);
    const id = `t${d.trips.length + 1}`;
    const trip = { id, traveller, kind, visits: [] };
    d.trips.push(trip);
    stops.forEach(([place, start = null, end = start, status = 'completed', order = trip.visits.length + 1, quote], i) => {
      this.place(place);
      const visit = `v${d.visits.length + 1}`;
      const country = d.places.find((p) => p.id === place).country;
      const who = d.officials.find((o) => o.id === traveller).name;
      const where = d.places.find((p) => p.id === place).name;
      const verb = { completed: 'arrived in', planned: 'will travel to', possible: 'may stop in', cancelled: 'called off the visit to' }[status];
      d.visits.push({
        id: visit, traveller, place, country, status, start, end, trip: id, order, confidence: Number((0.95 - (i % 5) * 0.04).toFixed(2)),
        evidence: [this.evidence(quote ?? `${who} ${verb} ${where}`)],
      });
      trip.visits.push(visit);
    });
    return trip.visits;
  }

  /** A meeting at a visit, or at none. */
  meeting(participants, visit, { mode = 'in_person', status, date, groups = [], place, duration = null, quote } = {}) {
    const d = this.document;
    participants.forEach((p) => this.official(p));
    const at = d.visits.find((v) => v.id === visit);
    d.meetings.push({
      id: `m${d.meetings.length + 1}`, participants, groups, visit: visit ?? null, place: place ?? at?.place ?? null, country: at?.country ?? null,
      date: date === undefined ? at?.start ?? null : date, status: status ?? at?.status ?? 'completed', mode, duration, confidence: 0.9,
      evidence: [this.evidence(quote ?? `talks between ${participants.map((p) => d.officials.find((o) => o.id === p).name).join(' and ')}`)],
    });
  }

  before(before, after, because = 'phrase') {
    this.document.sequence.push({ before, after, because, evidence: because === 'date' ? null : this.evidence('and then') });
  }
}

/** JSON that reads well in a diff: one official, place, visit a line. */
function write(folder, name, document) {
  const line = ([key, value]) => Array.isArray(value) && value.length
    ? `  ${JSON.stringify(key)}: [\n${value.map((v) => `    ${JSON.stringify(v)}`).join(',\n')}\n  ]`
    : `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  // Control characters and bidi overrides stay visible in the file.
  const text = `{\n${Object.entries(document).map(line).join(',\n')}\n}\n`
    .replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  writeFileSync(join(folder, `${name}.json`), text);
}

const day = (n, year = 2031, month = 3) => new Date(Date.UTC(year, month - 1, n)).toISOString().slice(0, 10);
const EUROPE = ['lisbon', 'madrid', 'paris', 'bern', 'luxembourg', 'brussels', 'hague', 'london', 'dublin', 'reykjavik', 'oslo', 'stockholm', 'helsinki',
  'tallinn', 'riga', 'vilnius', 'warsaw', 'berlin', 'copenhagen', 'prague', 'vienna', 'bratislava', 'budapest', 'zagreb', 'ljubljana', 'rome', 'belgrade',
  'sofia', 'bucharest', 'athens'];

const good = {
  'one-stop'() {
    const d = new Itinerary('one-stop', 'Marques in Nairobi');
    const [v] = d.trip('marques', [['nairobi', '2031-03-18']]);
    d.meeting(['marques', 'okoro'], v);
    return d;
  },
  'one-stop-undated'() {
    const d = new Itinerary('one-stop-undated', 'Tremblay to visit Kenya', { published: null });
    d.trip('tremblay', [['kenya', null, null, 'planned']]);
    return d;
  },
  'thirty-stops'() {
    const d = new Itinerary('thirty-stops', 'Thirty capitals in thirty days', { published: '2031-03-16' });
    const v = d.trip('marques', EUROPE.map((p, i) => [p, day(i + 1), day(i + 1), i < 16 ? 'completed' : 'planned']));
    ['novak', 'lindqvist', 'okoro', 'weaver'].forEach((p, i) => d.meeting(['marques', p], v[[19, 11, 5, 16][i]]));
    v.slice(1).forEach((x, i) => d.before(v[i], x, 'date'));
    return d;
  },
  'six-travellers'() {
    const d = new Itinerary('six-travellers', 'Six ministers share out Europe', { published: '2031-03-06' });
    ['marques', 'leal', 'tremblay', 'adeyemi', 'lindqvist', 'rahmani'].forEach((p, i) => {
      const v = d.trip(p, EUROPE.slice(i * 5, i * 5 + 5).map((q, j) => [q, day(1 + j * 2 + (i % 2)), day(2 + j * 2 + (i % 2)), j < 3 ? 'completed' : 'planned']));
      d.meeting([p, 'okoro'], v[1]);
    });
    return d;
  },
  'eight-together'() {
    const d = new Itinerary('eight-together', 'Eight leaders go from summit to summit', { published: '2031-03-05' });
    const people = ['marques', 'tremblay', 'adeyemi', 'lindqvist', 'rahmani', 'weaver', 'tanaka', 'novak'];
    const first = people.map((p) => d.trip(p, [['vienna', day(3)], ['bratislava', day(4)], ['budapest', day(5), day(6), 'planned'], ['athens', day(7), day(7), 'planned']]));
    d.meeting(people, first[0][0]);
    d.meeting(people, first[0][2]);
    return d;
  },
  'pacific-antimeridian'() {
    const d = new Itinerary('pacific-antimeridian', 'Ngata crosses the Pacific');
    const v = d.trip('ngata', [['wellington', day(10)], ['suva', day(11), day(12)], ['nukualofa', day(13)], ['apia', day(13)], ['tarawa', day(15)], ['honolulu', day(16), day(18)],
      ['santiago', day(22), day(23), 'planned'], ['tokyo', day(26), day(26), 'possible']]);
    d.meeting(['ngata', 'weaver'], v[5]);
    return d;
  },
  'around-the-world'() {
    const d = new Itinerary('around-the-world', 'Weaver goes around the world in twelve days');
    d.trip('weaver', [['washington', day(1)], ['london', day(2)], ['ankara', day(3)], ['delhi', day(4), day(5)], ['singapore', day(6)], ['tokyo', day(7), day(8)],
      ['canberra', day(9)], ['honolulu', day(10)], ['mexico', day(11)], ['washington', day(12)]]);
    return d;
  },
  'long-names'() {
    const d = new Itinerary('long-names', 'An envoy whose name does not fit, in places whose names do not fit either, and who meets others of that kind');
    d.official('long', 'Maria Wilhelmina Alexandrina von Hohenstauffen-Breitenbach zu Waldeck-Pyrmont', 'Deputy Under-Secretary-General and Special Envoy for the Great Lakes Region and the Horn of Africa', 'DE');
    d.official('longer', 'Rattanakosinthamrongchaisakulwattanapongsathornchareonkitmongkolrat', 'Permanent Secretary of the Ministry of Natural Resources and Environment', 'TH');
    d.official('three', 'Sir Bartholomew Featherstonehaugh-Cholmondeley of Kirkby Lonsdale the Younger', null, 'GB');
    d.place('llanfair', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch', 'GB', 53.2236, -4.1997);
    d.place('krung', 'Krung Thep Mahanakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok', 'TH', 13.754, 100.5014);
    d.place('quito', 'Villa de San Francisco de Quito de la Real Audiencia y Cancillería', 'EC', -0.2299, -78.525);
    d.place('ministry', 'Headquarters of the Federal Ministry for Economic Cooperation and Development', 'DE', 50.73, 7.1, 'site');
    const v = d.trip('long', [['llanfair', day(3)], ['krung', day(5), day(9)], ['quito', day(12), day(12), 'planned'], ['ministry', null, null, 'possible']]);
    d.meeting(['long', 'longer', 'three'], v[1], { groups: [{ country: 'TH', label: 'representatives of the provincial associations of rice growers and millers' }] });
    d.trip('three', [['llanfair', day(3)], ['quito', day(12), day(12), 'planned']]);
    return d;
  },
  scripts() {
    const d = new Itinerary('scripts', 'سفر السيدة ليلى · 李明华访问三国 · Names in many scripts');
    d.official('layla', 'ليلى بنت عبد الرحمن الهاشمي', 'وزيرة الخارجية', 'JO');
    d.official('li', '李明华', '外交部长', 'CN');
    d.official('noa', 'נועה בן־ארצי', 'שרת החוץ', 'IL');
    d.official('asha', 'आशा कुलकर्णी', 'विदेश मंत्री', 'IN');
    d.official('kim', '김하늘', '외교부 장관', 'KR');
    d.official('somchai', 'สมชาย ใจดีวัฒนา', 'รัฐมนตรีว่าการกระทรวงการต่างประเทศ', 'TH');
    d.official('mixed', 'Anna 安娜 Müller (أنّا)', 'Botschafterin', 'AT');
    d.place('amman-ar', 'عمّان', 'JO', 31.9552, 35.945);
    d.place('beijing-zh', '北京市', 'CN', 39.9075, 116.3972);
    d.place('jerusalem-he', 'ירושלים', 'IL', 31.769, 35.2163);
    d.place('delhi-hi', 'नई दिल्ली', 'IN', 28.6358, 77.2245);
    d.place('seoul-ko', '서울특별시', 'KR', 37.566, 126.9784);
    d.place('bangkok-th', 'กรุงเทพมหานคร', 'TH', 13.754, 100.5014);
    d.place('vienna-mix', 'Wien (فيينا, 维也纳)', 'AT', 48.2085, 16.3721);
    const a = d.trip('layla', [['amman-ar', day(1)], ['beijing-zh', day(3), day(4)], ['delhi-hi', day(6), day(6), 'planned'], ['vienna-mix', null, null, 'possible']]);
    const b = d.trip('li', [['beijing-zh', day(3)], ['seoul-ko', day(5)], ['bangkok-th', day(8), day(9), 'planned']]);
    d.trip('noa', [['jerusalem-he', day(2)], ['vienna-mix', day(10), day(10), 'planned']]);
    d.trip('mixed', [['vienna-mix', day(10), day(10), 'planned']]);
    d.meeting(['layla', 'li', 'asha'], a[1]);
    d.meeting(['layla', 'asha'], a[2]);
    d.meeting(['li', 'kim', 'mixed'], b[1]);
    d.meeting(['li', 'somchai'], b[2], { groups: [{ country: 'TH', label: 'ผู้นำภาคธุรกิจ' }] });
    return d;
  },
  undated() {
    const d = new Itinerary('undated', 'Where Silva went, and nobody says when', { published: null });
    const v = d.trip('silva', [['lima', null, null, 'completed', 1], ['santiago', null, null, 'completed', 2], ['brasilia', null, null, 'completed', 2], ['mexico', null, null, 'planned', 3], ['ottawa', null, null, 'possible', 3]]);
    d.meeting(['silva', 'tremblay'], v[4]);
    d.before(v[0], v[1]);
    d.before(v[2], v[3], 'tense');
    d.document.warnings.push('no publication date: dates that depend on it stay open');
    return d;
  },
  'one-day'() {
    const d = new Itinerary('one-day', 'Novák in seven capitals on one day', { published: '2031-03-18' });
    const v = d.trip('novak', ['prague', 'vienna', 'bratislava', 'budapest', 'zagreb', 'ljubljana', 'rome'].map((p) => [p, '2031-03-18']));
    d.trip('lindqvist', [['vienna', '2031-03-18'], ['budapest', '2031-03-18']]);
    d.meeting(['novak', 'lindqvist'], v[1]);
    d.meeting(['novak', 'lindqvist'], v[3]);
    v.slice(1).forEach((x, i) => d.before(v[i], x));
    return d;
  },
  'one-city'() {
    const d = new Itinerary('one-city', 'Okoro between Jerusalem, Ramallah and Amman', { published: '2031-03-14' });
    const v = d.trip('okoro', [['jerusalem', day(11)], ['ramallah', day(11)], ['bethlehem', day(12)], ['jericho', day(12)], ['amman', day(13)], ['jerusalem', day(14)], ['telaviv', day(15), day(15), 'planned']]);
    d.official('haddad', 'Samira Haddad', 'Foreign Minister', 'JO');
    d.meeting(['okoro', 'haddad'], v[4]);
    d.meeting(['okoro', 'weaver'], v[0], { groups: [{ country: null, label: 'heads of aid agencies' }] });
    return d;
  },
  'kinds-of-dates'() {
    const d = new Itinerary('kinds-of-dates', 'Every date that a text can give');
    const dates = [['2030', '2030'], ['2030-11', '2030-11'], ['2030-12~', '2030-12~'], ['2031-01-01/2031-01-20', '2031-01-01/2031-01-20'], ['../2031-02-05', '../2031-02-05'], ['2031-02-10~', '2031-02-10~'], ['2031-02-12?', '2031-02-12?'],
      ['2031-02-14', '2031-02-19'], ['2031-02-20%', '2031-02-22'], ['2031-03-01', '2031-03'], ['2031-03-24/..', null], [null, '2031-04-02'], ['2031-23', '2031-23'], ['2032~', '2032~'], ['2031-04-10/..', '2031-04-10/..']];
    const v = d.trip('adeyemi', dates.map(([s, e], i) => [EUROPE[i], s, e, i < 10 ? 'completed' : 'planned']));
    d.meeting(['adeyemi', 'okoro'], v[3], { date: '2031-01-05/2031-01-08' });
    d.meeting(['adeyemi', 'novak'], v[7], { date: null });
    return d;
  },
  'all-statuses'() {
    const d = new Itinerary('all-statuses', 'Rahmani went, goes, may go, and does not go');
    const statuses = ['completed', 'planned', 'possible', 'cancelled'];
    const v = d.trip('rahmani', [['tunis', day(16)], ['cairo', day(18)], ['ankara', day(19), day(19), 'cancelled'], ['athens', day(23), day(24), 'planned'], ['rome', day(25), day(25), 'possible'], ['paris', null, null, 'cancelled'], ['madrid', null, null, 'planned']]);
    statuses.forEach((s, i) => d.meeting(['rahmani', ['okoro', 'weaver', 'novak', 'silva'][i]], v[[1, 3, 4, 2][i]], { status: s }));
    d.trip('silva', [['rome', day(25), day(25), 'cancelled'], ['paris', null, null, 'possible']]);
    return d;
  },
  'open-order'() {
    const d = new Itinerary('open-order', 'Tremblay in eight capitals, in an order that is not told');
    const v = d.trip('tremblay', [['london', day(2), day(2), 'completed', 1], ['paris', null, null, 'completed', 2], ['berlin', null, null, 'completed', 2], ['warsaw', null, null, 'completed', 2], ['prague', day(12), day(12), 'completed', 3],
      ['vienna', null, null, 'planned', 4], ['rome', null, null, 'planned', 4], ['athens', null, null, 'planned', 4], ['bucharest', null, null, 'planned', 4], ['madrid', null, null, 'possible', 4]]);
    d.trip('leal', [['paris', day(9), day(9), 'completed', 1], ['berlin', day(9), day(9), 'completed', 1]]);
    [1, 2, 3].forEach((i) => { d.before(v[0], v[i]); d.before(v[i], v[4], 'tense'); });
    return d;
  },
  background() {
    const d = new Itinerary('background', 'Weaver in Warsaw, as so often before');
    const v = d.trip('weaver', [['warsaw', day(18), day(19)], ['vilnius', day(20)], ['berlin', day(21), day(21), 'planned']]);
    d.trip('weaver', [['warsaw', '2030-07']], 'background');
    d.trip('weaver', [['paris', '2030-11-03', '2030-11-05'], ['london', '2030-11-06']], 'background');
    d.trip('weaver', [['beijing', '2028']], 'background');
    d.trip('weaver', [['riga', '2024-02~']], 'background');
    d.trip('weaver', [['tokyo', null]], 'background');
    d.trip('tanaka', [['warsaw', '2019-10-02']], 'background');
    d.trip('tanaka', [['berlin', '../2030-12-31', null]], 'background');
    d.meeting(['weaver', 'novak'], v[0]);
    return d;
  },
  'background-only'() {
    const d = new Itinerary('background-only', 'Silva recalls his travels');
    d.trip('silva', [['lima', '2029-05-04']], 'background');
    d.trip('silva', [['paris', '2027'], ['berlin', '2027']], 'background');
    return d;
  },
  meetings() {
    const d = new Itinerary('meetings', 'Calls, video meetings and talks at no stop at all');
    const v = d.trip('lindqvist', [['stockholm', day(17)], ['oslo', day(18), day(19)], ['helsinki', day(21), day(21), 'planned']]);
    d.meeting(['lindqvist', 'weaver'], v[0], { mode: 'phone' });
    d.meeting(['lindqvist', 'marques', 'novak'], v[1], { mode: 'video', duration: 'PT1H/..' });
    d.meeting(['lindqvist', 'okoro'], v[1], { duration: 'PT45M' });
    d.meeting(['lindqvist', 'silva'], v[1], { groups: [{ country: 'NO', label: 'fishermen' }, { country: null, label: 'Arab foreign ministers' }] });
    d.meeting(['lindqvist', 'adeyemi', 'rahmani', 'tremblay', 'ngata', 'tanaka', 'leal'], v[1]);
    d.meeting(['weaver', 'tanaka'], null, { mode: 'phone', date: '2031-03-19', status: 'completed' });
    d.meeting(['weaver', 'silva'], null, { mode: 'video', date: null, status: 'planned' });
    d.meeting(['okoro'], v[2], { groups: [{ country: 'FI', label: 'officials' }], date: null });
    return d;
  },
  'meetings-only'() {
    const d = new Itinerary('meetings-only', 'They only telephoned');
    d.meeting(['weaver', 'tanaka'], null, { mode: 'phone', date: '2031-03-19', status: 'completed' });
    d.meeting(['weaver', 'silva'], null, { mode: 'video', date: '2031-03-22', status: 'planned' });
    return d;
  },
  'no-coordinates'() {
    const d = new Itinerary('no-coordinates', 'Stops that no map knows');
    d.place('camp', 'a camp near the border', null, null, null, 'site');
    d.place('island', 'Isla Inventada', 'CL', null, null);
    d.place('region', 'the lake region', 'KE', null, null, 'region');
    d.trip('okoro', [['nairobi', day(2)], ['camp', day(3)], ['region', day(4), day(5)], ['kampala', day(6)], ['island', day(9), day(9), 'planned']]);
    return d;
  },
  'no-coordinates-at-all'() {
    const d = new Itinerary('no-coordinates-at-all', 'Nothing here has a position');
    d.place('camp', 'a camp near the border', null, null, null, 'site');
    d.place('island', 'Isla Inventada', 'CL', null, null);
    d.trip('okoro', [['camp', day(3)], ['island', day(9), day(9), 'planned']]);
    return d;
  },
  markup() {
    const d = new Itinerary('markup', '<script>window.hit=1</script> & "quotes" \'single\' ]]> </title></style></svg>', { source: '<b>Wire</b> & Co ]]>' });
    d.official('script', '<script>window.hit=1</script>', '</style><style>*{display:none}', 'PT');
    d.official('cdata', 'Ann ]]> O’Brien & Sons', '<![CDATA[ Minister', 'IE');
    d.official('control', 'Bell\u0007 and\u0000 null\u001b[31m\u0085\u000b', 'Minister\twith\ttabs', 'SE');
    d.official('bidi', 'Eve \u202edecrevne\u202c end \u2066isolate', '\u202e\u202e\u202e', 'IL');
    d.place('onload', '"><image href="https://example.invalid/x.png" onload="window.hit=1"/>', 'FR', 48.85, 2.35);
    d.place('entity', '&lt;Berlin&gt; &amp; &#x41; &bogus;', 'DE', 52.52, 13.41);
    d.place('rtl', 'Vienna \u202e(anneiV', 'AT', 48.21, 16.37);
    d.place('combining', `Z${'\u0301\u0302\u0323'.repeat(12)}algo\ufeff\u200b`, 'CZ', 50.09, 14.42);
    const v = d.trip('script', [['onload', day(3), day(3), 'completed', 1, '</text><script>window.hit=1</script>'], ['entity', day(4), day(4), 'completed', 2, ']]> --> "\u0000'], ['rtl', day(5)], ['combining', day(7), day(7), 'planned']]);
    d.meeting(['script', 'cdata', 'control'], v[0], { groups: [{ country: 'FR', label: '<img src=x onerror=window.hit=1>' }] });
    d.meeting(['script', 'bidi'], v[2]);
    d.trip('bidi', [['rtl', day(5)]]);
    return d;
  },
  empty() {
    return new Itinerary('empty', 'Nobody went anywhere');
  },
  'empty-untitled'() {
    return new Itinerary('empty-untitled', null, { published: null, source: null });
  },
  polar() {
    const d = new Itinerary('polar', 'From pole to pole');
    d.trip('ngata', [['longyearbyen', day(2)], ['alert', day(4)], ['ushuaia', day(9)], ['mcmurdo', day(12), day(14)], ['southpole', day(15)], ['wellington', day(18)]]);
    return d;
  },
  north() {
    const d = new Itinerary('north', 'Lindqvist in the far north');
    d.trip('lindqvist', [['longyearbyen', day(2), day(3)], ['alert', day(4), day(4), 'planned']]);
    return d;
  },
  'same-place-often'() {
    const d = new Itinerary('same-place-often', 'To Brussels and back, and back again');
    d.trip('marques', [['lisbon', day(1)], ['brussels', day(2)], ['lisbon', day(3)], ['brussels', day(5)], ['paris', day(6)], ['brussels', day(7), day(9)], ['lisbon', day(10)], ['brussels', day(25), day(25), 'planned']]);
    return d;
  },
  'years-apart'() {
    const d = new Itinerary('years-apart', 'One journey, told over nine years');
    d.trip('adeyemi', [['lagos', '2022-01-03'], ['accra', '2022-01-04'], ['nairobi', '2026-06'], ['kigali', '2026-06-28', '2026-07-02'], ['pretoria', '2031-03-19'], ['addis', '2035', '2035', 'planned']]);
    return d;
  },

  // One journey, as three sources have it. Officials and places share their ids; the sources disagree on one date, one status,
  // the order of two stops, and each has a stop of its own.
  'same-journey-a'() {
    const d = new Itinerary('same-journey-a', 'Marques begins tour of East Africa', { published: '2031-03-11', source: 'Article A, as it began' });
    const v = d.trip('marques', [['nairobi', day(10)], ['kampala', day(12), day(12), 'planned', 2], ['kigali', day(13), day(13), 'planned', 2], ['addis', day(15), day(15), 'planned', 3], ['cairo', null, null, 'possible', 4]]);
    d.official('kamau', 'Joyce Kamau', 'President', 'KE');
    d.meeting(['marques', 'kamau'], v[0]);
    return d;
  },
  'same-journey-b'() {
    const d = new Itinerary('same-journey-b', 'Marques ends tour without Cairo', { published: '2031-03-17', source: 'Article B, after it' });
    const v = d.trip('marques', [['nairobi', day(10)], ['kigali', day(12)], ['kampala', day(13)], ['addis', day(16)], ['cairo', null, null, 'cancelled']]);
    d.official('kamau', 'Joyce Kamau', 'President', 'KE');
    d.meeting(['marques', 'kamau'], v[0]);
    d.meeting(['marques', 'okoro'], v[3]);
    return d;
  },
  'same-journey-c'() {
    const d = new Itinerary('same-journey-c', 'Visits abroad of the Foreign Minister, 2031', { published: '2031-12-31', source: 'Register C, at the end of the year' });
    d.trip('marques', [['nairobi', day(10), day(11)], ['kigali', day(12)], ['kampala', day(13), day(14)], ['pretoria', day(15)], ['addis', day(16)]]);
    return d;
  },
};

// Documents that are to be refused with a clear message, or drawn with a remark. Never a panic, never silently wrong.
const bad = {
  'place-does-not-exist'() {
    const d = new Itinerary('place-does-not-exist', 'A visit to a place that is not in the list');
    d.trip('marques', [['paris', day(2)], ['berlin', day(3)]]);
    d.document.visits[1].place = 'atlantis';
    return d;
  },
  'stop-without-place'() {
    const d = new Itinerary('stop-without-place', 'A visit without a place');
    d.trip('marques', [['paris', day(2)], ['berlin', day(3)]]);
    delete d.document.visits[1].place;
    return d;
  },
  'date-in-1750'() {
    const d = new Itinerary('date-in-1750', 'A visit before there were charts');
    d.trip('marques', [['paris', '1750-05-02'], ['berlin', day(3)]]);
    return d;
  },
  'date-in-2150'() {
    const d = new Itinerary('date-in-2150', 'A visit far ahead');
    d.trip('marques', [['paris', day(2)], ['berlin', '2150-01-01', '2150-01-01', 'planned']]);
    return d;
  },
  'end-before-start'() {
    const d = new Itinerary('end-before-start', 'A visit that ends before it begins');
    d.trip('marques', [['paris', day(9), day(2)], ['berlin', day(10)]]);
    return d;
  },
  'order-missing'() {
    const d = new Itinerary('order-missing', 'Visits without order numbers');
    d.trip('marques', [['paris', day(2)], ['berlin', null], ['vienna', day(9)]]);
    d.document.visits.forEach((v) => delete v.order);
    return d;
  },
  'order-with-gaps'() {
    const d = new Itinerary('order-with-gaps', 'Order numbers that jump and run backwards');
    d.trip('marques', [['paris', day(2), day(2), 'completed', 7], ['berlin', day(5), day(5), 'completed', 2], ['vienna', day(9), day(9), 'completed', 4000000000]]);
    return d;
  },
  'latitude-out-of-range'() {
    const d = new Itinerary('latitude-out-of-range', 'A place off the globe');
    d.place('nowhere', 'Nowhere', 'FR', 123, 2);
    d.trip('marques', [['nowhere', day(2)]]);
    return d;
  },
  'trip-without-visits'() {
    const d = new Itinerary('trip-without-visits', 'A trip that lists nothing, and a visit that no trip lists');
    d.trip('marques', [['paris', day(2)]]);
    d.document.trips[0].visits = [];
    return d;
  },
};

/** 5,000 stops: one traveller's, and those of fifty together. */
function many() {
  const one = new Itinerary('5000-stops', 'Five thousand stops');
  one.trip('marques', Array.from({ length: 5000 }, (_, i) => [EUROPE[i % 30], day(1 + i, 2020, 1)]));
  const fifty = new Itinerary('5000-stops-50-travellers', 'Fifty travellers with a hundred stops each');
  for (let p = 0; p < 50; p++) {
    fifty.official(`official-${p + 1}`, `Official Number ${p + 1}`, 'Minister', 'PT');
    fifty.trip(`official-${p + 1}`, Array.from({ length: 100 }, (_, i) => [EUROPE[(i * 7 + p) % 30], day(1 + i, 2031, 1)]));
  }
  return { '5000-stops': one, '5000-stops-50-travellers': fifty };
}

const here = dirname(fileURLToPath(import.meta.url));
if (process.argv[2] === '--many') {
  const folder = process.argv[3];
  mkdirSync(folder, { recursive: true });
  for (const [name, d] of Object.entries(many())) write(folder, name, d.document);
} else {
  mkdirSync(join(here, 'bad'), { recursive: true });
  for (const [name, make] of Object.entries(good)) write(here, name, make().document);
  for (const [name, make] of Object.entries(bad)) write(join(here, 'bad'), name, make().document);
}
