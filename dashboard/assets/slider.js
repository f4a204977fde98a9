/* The slider: a handle for the day looked at and one for the day that it is compared with.
   While a handle is moved the page shows days that were fetched before; only its release changes the address. */
(function () {
  "use strict";

  var days = window.positionsDays;
  var NAMES = { as_of: "stop", compare: "before" };
  var QUIET = 1200; // milliseconds after an answer before days are fetched
  var HELD = 5000; // milliseconds for which answers about another day do not take the page back

  var stops = { head: "", days: [], words: [] };
  var facts = null; // what #handles says of the page as it is
  var moving = null; // the handle that is moved, where it was and where it is
  var waiting = {}; // where handles were released, by name, until the server has answered
  var until = 0;
  var timer = 0;

  function page() {
    return document.getElementById("page");
  }

  function handle(name) {
    return document.querySelector('#slider [data-handle="' + name + '"]');
  }

  function share(stop) {
    return (100 * stop) / Math.max(1, stops.days.length - 1) + "%";
  }

  function limits(name) {
    if (name === "as_of") {
      return [isAway("compare") ? at("compare") + 1 : facts.low, stops.days.length - 1];
    }
    return [0, isAway("as_of") ? at("as_of") - 1 : facts.high];
  }

  // Whether a handle is elsewhere than the page, as it is, knows it.
  function isAway(name) {
    return Boolean(moving && moving.name === name) || name in waiting;
  }

  function at(name) {
    return moving && moving.name === name ? moving.stop : name in waiting ? waiting[name] : facts[NAMES[name]];
  }

  function put(name, stop, words) {
    var element = handle(name);
    var ends = limits(name);
    element.style.left = share(stop);
    element.setAttribute("aria-valuemin", ends[0]);
    element.setAttribute("aria-valuemax", ends[1]);
    element.setAttribute("aria-valuenow", stop);
    element.setAttribute("aria-valuetext", words);
  }

  // Places both handles as the page says, the moved one where it is.
  function place() {
    var told = document.querySelector("#handles [data-stop]");
    if (!told || !handle("as_of") || !stops.days.length) {
      return;
    }
    facts = { day: told.getAttribute("data-day"), since: told.getAttribute("data-since") };
    ["stop", "low", "high", "before"].forEach(function (name) {
      facts[name] = told.hasAttribute("data-" + name) ? Number(told.getAttribute("data-" + name)) : null;
    });
    var stop = at("as_of");
    var before = at("compare") > stop ? null : at("compare");
    put("as_of", stop, stop === facts.stop ? facts.day : stops.words[stop]);
    handle("compare").hidden = before === null;
    if (before !== null) {
      put("compare", before, before === facts.before ? facts.since : stops.words[before]);
    }
    var between = document.querySelector("#slider .between");
    between.style.left = share(before === null ? stop : before);
    between.style.right = "calc(100% - " + share(stop) + ")";
    nameStop(stop);
  }

  function nameStop(stop) {
    var strip = document.querySelector("#strip [data-step]");
    if (strip) {
      var now = Math.floor(stop / Number(strip.getAttribute("data-step")));
      Array.prototype.forEach.call(strip.children, function (bar, index) {
        bar.classList.toggle("now", index === now);
      });
    }
  }

  function addressWith(name, stop) {
    var query = new URLSearchParams(window.location.search);
    query.set(name, stops.days[stop]);
    return window.location.pathname + "?" + days.plain(query);
  }

  // After the page and its charts are there.
  function askLater() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      (window.requestIdleCallback || window.setTimeout)(function () {
        if (facts && !document.hidden) {
          days.ask("as_of", facts.stop);
        }
      });
    }, QUIET);
  }

  /* Moving a handle */

  function begin(name) {
    if (!moving) {
      moving = { name: name, from: at(name), stop: at(name) };
    }
    days.ask(name, moving.stop);
  }

  function show() {
    var parts = days.find(moving.name, moving.stop);
    page().toggleAttribute("data-behind", !parts);
    page().setAttribute("data-ahead", moving.name);
    if (parts) {
      window.positionsParts.ahead(parts);
    } else {
      place();
      days.ask(moving.name, moving.stop);
    }
  }

  function moveTo(stop) {
    var ends = limits(moving.name);
    var wanted = Math.max(ends[0], Math.min(ends[1], stop));
    if (wanted !== moving.stop) {
      moving.stop = wanted;
      show();
    }
  }

  function settle() {
    waiting = {};
    page().removeAttribute("data-behind");
    page().removeAttribute("data-ahead");
    window.positionsParts.ahead(null);
    place();
  }

  function release(replace) {
    var moved = moving;
    moving = null;
    if (moved && moved.stop !== moved.from) {
      waiting[moved.name] = moved.stop;
      until = Date.now() + HELD;
      window.positionsPage.go(addressWith(moved.name, moved.stop), replace);
    } else if (moved && !Object.keys(waiting).length) {
      settle();
    }
  }

  document.addEventListener("keydown", function (event) {
    var name = event.target.getAttribute && event.target.getAttribute("data-handle");
    if (!name || !facts || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    var last = stops.days.length - 1;
    var now = at(name);
    var stride = Math.max(1, Math.round(last / 10));
    var wanted = {
      ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1,
      PageDown: now - stride, PageUp: now + stride, Home: 0, End: last,
    }[event.key];
    if (event.key === "Escape" && moving) {
      moving = null;
      settle();
    } else if (wanted !== undefined) {
      event.preventDefault();
      halt();
      begin(name);
      moveTo(wanted);
    }
  });

  // A key that is held moves on and on; the day where it is let go is the one that the address names.
  ["keyup", "focusout"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (moving && !moving.pointer && event.target.getAttribute && event.target.getAttribute("data-handle")) {
        release();
      }
    });
  });

  var frame = 0;
  var pointerX = 0;

  function follow() {
    frame = 0;
    if (moving && moving.pointer) {
      var box = document.getElementById("slider").getBoundingClientRect();
      moveTo(Math.round(((pointerX - moving.offset - box.left) / box.width) * (stops.days.length - 1)));
    }
  }

  document.addEventListener("pointerdown", function (event) {
    var slider = event.target.closest && event.target.closest("#slider");
    if (!slider || event.button !== 0 || !facts) {
      return;
    }
    event.preventDefault();
    halt();
    var grip = event.target.closest("[data-handle]");
    var box = slider.getBoundingClientRect();
    var left = ((event.clientX - box.left) / box.width) * (stops.days.length - 1);
    var name = grip ? grip.getAttribute("data-handle") : left < facts.before && facts.before !== null ? "compare" : "as_of";
    moving = null;
    begin(name);
    moving.pointer = event.pointerId;
    var middle = handle(name).getBoundingClientRect();
    moving.offset = grip ? event.clientX - middle.left - middle.width / 2 : 0;
    handle(name).focus({ preventScroll: true });
    slider.setPointerCapture(event.pointerId);
    slider.setAttribute("data-moving", name);
    if (!grip) {
      pointerX = event.clientX;
      follow();
    }
  });

  document.addEventListener("pointermove", function (event) {
    if (moving && moving.pointer === event.pointerId) {
      pointerX = event.clientX;
      frame = frame || window.requestAnimationFrame(follow);
    }
  });

  ["pointerup", "pointercancel"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (moving && moving.pointer === event.pointerId) {
        document.getElementById("slider").removeAttribute("data-moving");
        window.cancelAnimationFrame(frame);
        if (kind === "pointerup") {
          follow();
        } else {
          frame = 0;
          moving.stop = moving.from;
        }
        release();
      }
    });
  });

  // Whoever comes near a handle may move it.
  ["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var grip = event.target.closest && event.target.closest("[data-handle]");
      var name = grip && grip.getAttribute("data-handle");
      if (name && facts && facts[NAMES[name]] !== null) {
        days.ask(name, facts[NAMES[name]]);
      }
    });
  });

  /* Play */

  var playing = null;
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  function halt() {
    window.clearInterval(playing);
    playing = null;
    var button = document.querySelector("[data-play]");
    if (button) {
      button.textContent = "Play";
    }
  }

  // All steps of a play are one entry in the history: its first step's.
  function step(replace) {
    var last = stops.days.length - 1;
    var now = at("as_of");
    if (replace && now >= last) {
      halt();
      return;
    }
    moving = { name: "as_of", from: now, stop: now };
    moveTo(now >= last ? 0 : now + 1);
    release(replace);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-play]");
    if (!button || !facts) {
      return;
    }
    if (playing !== null) {
      halt();
      return;
    }
    step(false);
    // Who asked for less motion gets one step for each press.
    if (!calm.matches) {
      button.textContent = "Stop";
      playing = window.setInterval(step, 1100, true);
    }
  });
  calm.addEventListener("change", halt);
  window.addEventListener("popstate", function (event) {
    // Back and forward: not this script's own, which carries no state of the browser's.
    if (event.isTrusted) {
      halt();
      moving = null;
      waiting = {};
    }
  });

  /* Answers of the server */

  // An answer to an earlier question, late, does not take the page back to its day.
  document.addEventListener("answered", function (event) {
    var told = (event.detail || {}).handles;
    if (!told || moving) {
      return;
    }
    var mark = told[0] && told[0][1];
    var isOther = mark && Object.keys(waiting).some(function (name) {
      return Number(mark["data-" + NAMES[name]]) !== waiting[name];
    });
    if (!isOther || Date.now() > until) {
      settle();
    }
    askLater();
  });

  document.addEventListener("filled", place);
  document.addEventListener("fetched", function () {
    if (moving) {
      show();
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.positions = Object.assign({}, window.dash_clientside.positions, {
    // The stops of the slider: days as the address has them, and in words.
    takeDays: function (taken) {
      if (taken) {
        days.follow(taken.head);
        stops = taken;
        place();
      }
    },
  });
})();
