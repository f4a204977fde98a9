/* The drawer over the page: open while a statement is; the browser keeps the focus in it and gives it back. */
(function () {
  "use strict";

  var seen; // what it was opened with, or closed for

  function drawer() {
    return document.getElementById("drawer");
  }

  // Scrolls the document to its quote, not the page around it.
  function showQuote() {
    var box = document.getElementById("document-text");
    var mark = box && box.querySelector("mark");
    if (mark) {
      box.scrollTop = mark.offsetTop - Math.max(24, (box.clientHeight - mark.offsetHeight) / 3);
    }
  }

  document.addEventListener("filled", function () {
    var statement = document.getElementById("statement");
    if (!statement || statement.shownText === seen) {
      return;
    }
    seen = statement.shownText;
    if (!statement.childNodes.length) {
      drawer().close();
    } else if (!drawer().open) {
      drawer().showModal();
    }
    showQuote();
  });

  // However it is closed, the address names no statement then.
  document.addEventListener("close", function (event) {
    if (event.target !== drawer()) {
      return;
    }
    var query = new URLSearchParams(window.location.search);
    window.positionsParts.empty("statement");
    if (query.has("statement")) {
      query.delete("statement");
      var text = window.positionsDays.plain(query);
      window.positionsPage.go(window.location.pathname + (text ? "?" + text : ""));
    }
  }, true);

  document.addEventListener("click", function (event) {
    // What is clicked beside its content is its backdrop.
    if (event.target === drawer() || (event.target.closest && event.target.closest("#drawer .close"))) {
      drawer().close();
    }
  });

  /* Light or dark */

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("#toggle")) {
      var wanted = window.positionsScheme() === "dark" ? "light" : "dark";
      document.documentElement.setAttribute("data-scheme", wanted);
      try {
        window.localStorage.setItem("scheme", wanted);
      } catch (_blocked) {
        // Without storage it holds for this page.
      }
    }
  });
})();
