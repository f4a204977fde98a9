/* Going from page to page, forms, copying and pictures: all of it changes the address only. */
(function () {
  "use strict";

  var fetched = window.fetch;

  // An address that was only put right takes the place of the one that was asked for: another entry in the history
  // would lead whoever goes back to it forward again.
  var arrived = true;
  var push = window.history.pushState;
  window.history.pushState = function () {
    return (arrived ? window.history.replaceState : push).apply(window.history, arguments);
  };
  window.addEventListener("popstate", function () { arrived = true; });
  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function () { arrived = false; }, true);
  });

  function go(address, replace) {
    (replace === true ? window.history.replaceState : push).call(window.history, null, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }
  window.positionsPage = { go: go };

  function say(words) {
    var place = document.getElementById("said");
    if (place) {
      place.textContent = words;
    }
  }

  function filledIn(form) {
    var query = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (value !== "") {
        query.append(name, value);
      }
    });
    var text = query.toString();
    return form.getAttribute("data-view") + (text ? "?" + text : "");
  }

  // The server draws every chart as SVG; as PNG it is painted here, twice as large so that it stays sharp.
  function paint(address, name) {
    var drawing = new Image();
    drawing.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = drawing.width * 2;
      canvas.height = drawing.height * 2;
      canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name + ".png";
        link.click();
        window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
      }, "image/png");
    };
    drawing.onerror = function () { say("The picture cannot be drawn at the moment."); };
    drawing.src = address;
  }

  // A citation or a line to embed: it is shown as well, so that it can be taken by hand.
  function copyText(address) {
    fetched(address).then(function (answer) { return answer.text(); }).then(
      function (text) {
        var done = navigator.clipboard ? navigator.clipboard.writeText(text.trim()) : Promise.reject();
        done.then(
          function () { say("Copied: " + text); },
          function () { say(text); }
        );
      },
      function () { say("The server cannot be reached."); }
    );
  }

  function copy(view) {
    var address = window.location.origin + view;
    if (navigator.clipboard) {
      navigator.clipboard.writeText(address).then(
        function () { say("The link was copied."); },
        function () { say(address); }
      );
    } else {
      say(address);
    }
  }

  document.addEventListener("click", function (event) {
    var found = event.target.closest && event.target.closest("a, button");
    // Before the app is there a link in what the server drew loads its page (first.js).
    if (!found || event.defaultPrevented || found.closest("#first")) {
      return;
    }
    if (found.hasAttribute("data-copy")) {
      copy(found.getAttribute("data-copy"));
    } else if (found.hasAttribute("data-png")) {
      event.preventDefault();
      paint(found.href, found.getAttribute("data-png"));
    } else if (found.hasAttribute("data-copied")) {
      event.preventDefault();
      copyText(found.href);
    } else if (found.hasAttribute("href") && !found.hasAttribute("download") && !found.hasAttribute("target")) {
      var plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      // A link in a drawing has no parts of its address by name.
      var to = new URL(found.getAttribute("href"), window.location.href);
      // The editing pages are no pages of this app: they load as any other address does.
      var own = to.origin === window.location.origin && !/^\/edit(\/|$)/.test(to.pathname);
      if (plain && own && found.getAttribute("href").charAt(0) !== "#") {
        event.preventDefault();
        go(to.pathname + to.search);
      }
    }
  });

  document.addEventListener("submit", function (event) {
    if (event.target.hasAttribute("data-view")) {
      event.preventDefault();
      go(filledIn(event.target));
    }
  });

  // On a phone long charts wait until they are asked for.
  var narrow = window.matchMedia("(max-width: 720px)");
  var isFolded = false;

  function fold() {
    document.querySelectorAll("details.fold").forEach(function (one) {
      one.open = !narrow.matches;
      isFolded = true;
    });
  }
  narrow.addEventListener("change", fold);
  document.addEventListener("filled", function () {
    if (!isFolded) {
      fold();
    }
  });

  // While the record book cannot be read the server says 503, and without a server there is no answer: the page tells
  // so, since what it shows may be of another day than its slider, and goes on by itself.
  var troubles = { unread: "", offline: "The server cannot be reached: the page shows what it last answered." };

  function tell(trouble) {
    var box = document.getElementById("trouble");
    if (box) {
      troubles.unread = troubles.unread || box.textContent;
      box.textContent = troubles[trouble] || box.textContent;
      box.hidden = !trouble;
    }
  }

  window.fetch = function (asked) {
    var isCallback = /_dash-update-component|\/days\.json/.test(String((asked && asked.url) || asked));
    return fetched.apply(window, arguments).then(
      function (answer) {
        if (isCallback) {
          tell(answer.status === 503 ? "unread" : "");
        }
        return answer;
      },
      function (error) {
        if (isCallback && error.name !== "AbortError") {
          tell("offline");
        }
        throw error;
      }
    );
  };
})();
