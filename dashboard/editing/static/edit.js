/* Selecting a quote, choices that follow from the issue, and the check while somebody types. */
(function () {
  "use strict";

  var PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
  // What the record book leaves out around a quote: white space and what cannot be seen.
  var OUTER = /^[\s\u00ad\u200b\u200c\u200d\u2060\ufeff]+|[\s\u00ad\u200b\u200c\u200d\u2060\ufeff]+$/g;
  var form = document.querySelector("form[data-check]");
  var box = document.getElementById("text");

  function field(name) {
    return document.getElementById("f-" + name);
  }

  // Characters as the record book counts them: one for each code point, though the browser has two for some.
  function counted(text) {
    return text.length - (text.match(PAIR) || []).length;
  }

  function selected() {
    var selection = window.getSelection();
    if (!box || !selection.rangeCount || selection.isCollapsed) {
      return null;
    }
    var range = selection.getRangeAt(0).cloneRange();
    if (!range.intersectsNode(box)) {
      return null;
    }
    // A selection may reach beyond the document, as that of a last paragraph does.
    if (!box.contains(range.startContainer)) {
      range.setStart(box, 0);
    }
    if (!box.contains(range.endContainer)) {
      range.setEnd(box, box.childNodes.length);
    }
    var text = range.toString();
    var quote = text.replace(OUTER, "");
    if (!quote) {
      return null;
    }
    var before = document.createRange();
    before.setStart(box, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return { quote: quote, start: counted(before.toString()) + counted(text.slice(0, text.indexOf(quote))) };
  }

  function fillQuote() {
    var found = selected();
    if (found && (field("quote").value !== found.quote || field("start").value !== String(found.start))) {
      field("quote").value = found.quote;
      field("start").value = String(found.start);
      touched.quote = touched.start = true;
      check();
    }
  }

  // Only what belongs to the issue is offered; a choice that belongs to another is dropped.
  var offered = {};

  function follow(name, issue) {
    var select = field(name);
    offered[name] = offered[name] || Array.prototype.slice.call(select.querySelectorAll("optgroup"));
    var chosen = select.value;
    select.querySelectorAll("optgroup").forEach(function (group) { group.remove(); });
    var groups = offered[name].filter(function (group) { return group.getAttribute("data-issue") === issue; });
    groups.forEach(function (group) { select.appendChild(group); });
    var values = Array.prototype.map.call(select.options, function (option) { return option.value; });
    select.value = values.indexOf(chosen) >= 0 ? chosen : "";
    select.closest(".field").hidden = issue !== "" && !groups.length && select.options.length === 1;
  }

  function followIssue() {
    ["element", "stance", "stance_to"].forEach(function (name) { follow(name, field("issue").value); });
    document.querySelectorAll("form[data-check] select").forEach(explain);
  }

  function explain(select) {
    var option = select.options[select.selectedIndex];
    var place = document.getElementById("t-" + select.name);
    if (place) {
      place.textContent = (option && option.getAttribute("data-told")) || "";
    }
  }

  var touched = {};
  var waiting = null;
  var asking = null;

  function check() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 250);
  }

  function ask() {
    if (asking) {
      asking.abort();
    }
    asking = new AbortController();
    var sent = { method: "POST", body: new URLSearchParams(new FormData(form)), signal: asking.signal };
    window.fetch(form.getAttribute("data-check"), sent).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (found) {
      if (found) {
        show(found);
      }
    }, function () {
      // A newer question was asked, or the server is away: the form itself is checked again when it is sent.
    });
  }

  function label(name) {
    var place = document.querySelector("label[for='f-" + name + "']");
    return place ? place.firstChild.textContent.trim() : name;
  }

  function write(place, words) {
    if (place && place.textContent !== words) {
      place.textContent = words;
    }
  }

  function show(found) {
    var open = [];
    form.querySelectorAll(".field[data-field]").forEach(function (part) {
      var name = part.getAttribute("data-field");
      var words = (found.findings[name] || []).join("; ");
      if (words) {
        open.push(label(name));
      }
      var told = words && (touched[name] || form.hasAttribute("data-all"));
      write(document.getElementById("e-" + name), told ? words : "");
      if (told) {
        field(name).setAttribute("aria-invalid", "true");
      } else {
        field(name).removeAttribute("aria-invalid");
      }
    });
    var whole = found.findings[""] || [];
    var line = open.length ? ["To settle: " + open.join(", ")] : [];
    write(form.querySelector("[data-verdict]"), found.told ? "Would record: " + found.told : line.concat(whole).join(". "));
  }

  // As in a field that cannot be changed: the arrow keys move in the text, and with Shift they select. Fingers select
  // without this, and would get a keyboard on the screen.
  function letSelect() {
    var kept = box.cloneNode(true);
    var asField = { contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-readonly": "true",
      spellcheck: "false", inputmode: "none" };
    Object.keys(asField).forEach(function (name) { box.setAttribute(name, asField[name]); });
    box.addEventListener("beforeinput", function (event) { event.preventDefault(); });
    // What is composed cannot be prevented, only undone.
    box.addEventListener("input", function () {
      box.replaceChildren.apply(box, Array.prototype.slice.call(kept.cloneNode(true).childNodes));
    });
  }

  if (box && form && !window.matchMedia("(pointer: coarse)").matches) {
    letSelect();
  }

  if (form) {
    followIssue();
    form.addEventListener("input", function (event) {
      // A quote that is typed is looked for anew; where it stands is no longer known.
      if (event.target.name === "quote") {
        field("start").value = "";
      }
      if (event.target.name === "issue") {
        followIssue();
      }
      if (event.target.tagName === "SELECT") {
        explain(event.target);
      }
      touched[event.target.name] = true;
      check();
    });
    document.addEventListener("selectionchange", fillQuote);
    if (form.querySelector(".summary")) {
      form.setAttribute("data-all", "");
    }
    if (form.hasAttribute("data-all")) {
      ask();
    }
  }

  // Whoever hears the page hears first what came of the last step.
  var news = document.querySelector(".summary[tabindex], .done[tabindex]");
  if (news) {
    news.focus();
  }
  var mark = box && box.querySelector("mark[title='The quote']");
  if (mark) {
    box.scrollTop = mark.offsetTop - Math.max(24, (box.clientHeight - mark.offsetHeight) / 3);
  }
})();
