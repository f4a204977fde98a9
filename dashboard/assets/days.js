/* Days of the page that were fetched before: some neighbouring stops of a handle in one answer, the last few kept. */
(function () {
  "use strict";

  var CHUNK = 16; // stops in an answer (dashboard/server/days_route.py)
  var MOST_CHUNKS = 6;
  var AGAIN = 1000;

  var head = ""; // of the log that the page shows
  var chunks = new Map();
  var asking = ""; // the question that is not answered yet
  var next = null; // what else is wanted: the last question wins

  function plain(query) {
    return query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
  }

  // What the days of a handle rest on beside its own: the page, the other handle's day, the filters.
  function keyOf(name, stop) {
    var query = new URLSearchParams(window.location.search);
    [name, "statement"].forEach(function (part) { query.delete(part); });
    query.append("path", window.location.pathname);
    query.append("handle", name);
    query.append("chunk", Math.floor(stop / CHUNK));
    return plain(query);
  }

  function find(name, stop) {
    var key = keyOf(name, stop);
    var days = chunks.get(key);
    if (days) {
      chunks.delete(key);
      chunks.set(key, days); // the last one used is dropped last
    }
    return days && days[stop];
  }

  function keep(key, answer) {
    var parts = answer.parts.map(function (nodes) {
      return { nodes: nodes, text: JSON.stringify(nodes) };
    });
    var days = {};
    answer.stops.forEach(function (one) {
      days[one.stop] = {};
      Object.keys(one.parts).forEach(function (id) {
        days[one.stop][id] = parts[one.parts[id]];
      });
    });
    chunks.set(key, days);
    while (chunks.size > MOST_CHUNKS) {
      chunks.delete(chunks.keys().next().value);
    }
  }

  // Asks for the days around a stop, one question at a time; then says so to the slider.
  function ask(name, stop) {
    var key = keyOf(name, stop);
    if (chunks.has(key) || document.querySelector("#page.dayless, #page.empty")) {
      return;
    }
    if (asking) {
      next = asking === key ? next : [name, stop];
      return;
    }
    asking = key;
    var isBusy = false;
    window.fetch("/days.json?" + key).then(function (answer) {
      isBusy = answer.status === 202;
      return answer.status === 200 ? answer.json() : null;
    }).then(function (answer) {
      // Of a later state of the book the page is told by the server first.
      if (answer && answer.head === head) {
        keep(key, answer);
      }
    }).catch(function () {
      // The page tells that there is no server (pages.js).
    }).then(function () {
      // Others come first, or there is no server: a little later, and only if it is still wanted.
      window.setTimeout(goOn, chunks.has(key) ? 0 : AGAIN * (1 + Math.random()), isBusy ? [name, stop] : null);
    });
  }

  function goOn(again) {
    var wanted = next || again;
    asking = "";
    next = null;
    document.dispatchEvent(new CustomEvent("fetched"));
    if (wanted) {
      ask(wanted[0], wanted[1]);
    }
  }

  window.positionsDays = {
    find: find,
    ask: ask,
    plain: plain,
    // The days of another state of the book are of no use.
    follow: function (now) {
      if (now !== head) {
        chunks.clear();
        head = now;
      }
    },
  };
})();
