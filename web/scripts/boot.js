// Runs before the first paint, so that neither theme nor language nor shell flickers. Choices are those of src/prefs.rs.
(function () {
    // Phones that are older than this clock can do all the rest.
    if (!AbortSignal.timeout) {
        AbortSignal.timeout = function (patience) {
            var patient = new AbortController();
            setTimeout(function () { patient.abort(); }, patience);
            return patient.signal;
        };
    }
    // What does not come whole must not look as if it were on its way.
    function late() {
        var words = document.getElementById("late");
        if (words) words.hidden = false;
    }
    addEventListener("unhandledrejection", late);
    addEventListener("error", late);
    setTimeout(late, 30000);
    var root = document.documentElement, lang = navigator.language || "en", theme = null;
    try {
        lang = localStorage.getItem("hg-lang") || localStorage.getItem("hg-lang-account") || lang;
        theme = localStorage.getItem("hg-theme");
    } catch (refused) {}
    if (theme) root.setAttribute("data-theme", theme);
    // Somebody is signed in here, as far as can be known: the shell has their navigation, and on the first page their cards.
    if (/(^|; )hg_csrf=/.test(document.cookie)) {
        root.setAttribute("data-shell", location.pathname === "/" ? "panels" : "page");
    }
    if (/^bn\b/.test(lang)) {
        root.lang = "bn";
        // Without this the page shifts when the face arrives.
        var link = document.createElement("link");
        link.rel = "preload";
        link.as = "font";
        link.type = "font/woff2";
        link.crossOrigin = "";
        link.href = "/fonts/bangla.woff2";
        document.head.appendChild(link);
    }
})();
