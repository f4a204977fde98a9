/* The search over every page: a dialog with a combobox, whose suggestions the server answers. */
(function () {
  "use strict";

  var DELAY = 120;
  var box = null;
  var input, list, news;
  var options = [];
  var active = -1;
  var waiting = null;
  var asking = null;

  function element(tag, attributes, inside) {
    var made = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    (inside || []).forEach(function (part) { made.append(part); });
    return made;
  }

  function build() {
    input = element("input", {
      type: "text", name: "q", role: "combobox", "aria-expanded": "false", "aria-controls": "search-list",
      "aria-autocomplete": "list", "aria-label": "Search", autocomplete: "off", spellcheck: "false", maxlength: "200",
      enterkeyhint: "search", placeholder: "Words, a party, an issue, a day, a speaker, a document"
    });
    list = element("ul", { role: "listbox", id: "search-list", "aria-label": "Suggestions" });
    news = element("p", { role: "status", "class": "spoken" });
    var close = element("button", { type: "button", "class": "apply" }, ["Close"]);
    var form = element("form", { method: "dialog" }, [element("div", { "class": "search-line" }, [input, close]), list, news]);
    box = element("dialog", { "class": "search-box", "aria-label": "Search" }, [form]);
    document.body.append(box);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      choose(active >= 0 ? options[active] : null, false);
    });
    close.addEventListener("click", function () { box.close(); });
    input.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, DELAY);
    });
    input.addEventListener("keydown", move);
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) {
        choose(options[Number(option.getAttribute("data-at"))], event.ctrlKey || event.metaKey);
      }
    });
    // Around the box is its backdrop, which is the dialog itself.
    box.addEventListener("click", function (event) {
      if (event.target === box) {
        box.close();
      }
    });
    box.addEventListener("close", function () {
      window.clearTimeout(waiting);
      if (asking) {
        asking.abort();
      }
    });
  }

  function open() {
    if (!box) {
      build();
    }
    if (!box.open) {
      box.showModal();
    }
    input.select();
    input.focus();
    ask();
  }

  function ask() {
    if (asking) {
      asking.abort();
    }
    asking = new AbortController();
    var query = new URLSearchParams(window.location.search);
    query.set("words", input.value);
    window.fetch("/suggest.json?" + query.toString(), { signal: asking.signal }).then(function (answer) {
      if (!answer.ok) {
        throw new Error("no answer");
      }
      return answer.json();
    }).then(show, function (error) {
      if (error.name !== "AbortError") {
        show({ suggestions: [] });
        news.textContent = "The server cannot answer; Enter searches all the same.";
      }
    });
  }

  function show(answer) {
    options = answer.suggestions;
    list.replaceChildren.apply(list, options.map(function (option, at) {
      return element("li", { role: "option", id: "search-option-" + at, "data-at": String(at), "aria-selected": "false" }, [
        element("span", { "class": "kind" }, [option.kind]),
        element("span", { "class": "words", dir: "auto" }, [option.words]),
        element("span", { "class": "note", dir: "auto" }, [option.note])
      ]);
    }));
    input.setAttribute("aria-expanded", String(options.length > 0));
    news.textContent = options.length === 1 ? "1 suggestion" : options.length + " suggestions";
    activate(-1);
  }

  function activate(at) {
    active = at;
    Array.prototype.forEach.call(list.children, function (option, number) {
      option.setAttribute("aria-selected", String(number === at));
    });
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", "search-option-" + at);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  // As the practices for a combobox have it: the arrows go round through the list and the field.
  function move(event) {
    var steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.altKey || event.ctrlKey || event.metaKey || !options.length) {
      return;
    }
    if (steps[event.key]) {
      event.preventDefault();
      var count = options.length + 1;
      activate((active + 1 + steps[event.key] + count) % count - 1);
    }
  }

  function choose(option, elsewhere) {
    var words = input.value.trim();
    var address = option ? option.address : words ? searchFor(words) : "";
    if (!address) {
      return;
    }
    box.close();
    if (elsewhere) {
      window.open(address);
    } else if (document.querySelector("#page #main")) {
      window.history.pushState(null, "", address);
      window.dispatchEvent(new PopStateEvent("popstate"));
      document.getElementById("main").focus({ preventScroll: true });
    } else {
      window.location.assign(address);
    }
  }

  function searchFor(words) {
    var query = new URLSearchParams();
    var now = new URLSearchParams(window.location.search);
    ["as_of", "compare", "known_at", "public_by"].forEach(function (name) {
      if (now.get(name)) {
        query.set(name, now.get(name));
      }
    });
    query.set("q", words);
    return "/statements?" + query.toString();
  }

  function isTyping(target) {
    return target.closest && target.closest("input, textarea, select, [contenteditable=true]");
  }

  document.addEventListener("keydown", function (event) {
    var isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    var isK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    // A page in the frame of another one is no place for it: it has no navigation either.
    if ((isSlash || isK) && document.querySelector("[data-search]") && document.querySelector("[data-search]").offsetParent) {
      event.preventDefault();
      open();
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-search]")) {
      open();
    }
  });
})();
