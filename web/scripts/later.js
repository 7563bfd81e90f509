// Runs once the page is drawn and has had its answers: fetches the other programs ahead, and hands all to the service worker,
// which opens them without a network. Whoever saves data is left alone.
addEventListener("TrunkApplicationStarted", function () {
    setTimeout(function () {
        document.documentElement.removeAttribute("data-shell");
        if (navigator.connection && navigator.connection.saveData) return;
        // Fetches them itself. Only a secure origin has one.
        if (navigator.serviceWorker) return navigator.serviceWorker.register("/sw.js").catch(function () {});
        ["/", "/panels/-", "/more", "/new"].forEach(function (page) {
            fetch(page).then(function (answer) { return answer.text(); }).then(ahead, function () {});
        });
        function ahead(page) {
            (page.match(/\/[\w/-]+-[0-9a-f]{12,16}[._][\w.]+/g) || []).forEach(function (name) {
                var link = document.createElement("link");
                link.rel = "prefetch";
                link.href = name;
                document.head.appendChild(link);
            });
        }
    }, 4000);
});
