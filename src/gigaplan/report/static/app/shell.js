// Title, navigation and footer around the sections; tells the page when it is ready.
import { h } from "gp/app/dom";
import { t } from "gp/app/words";

function theme() {
  const dark = () => {
    const own = document.documentElement.dataset.theme;
    return own ? own === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const flip = () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
  };
  return h("button", { type: "button", onclick: flip }, t("nav.theme"));
}

function navigation(sections) {
  const links = sections.map(([id, label]) => h("a", { href: `#${id}` }, label));
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links) {
          if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      }
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  const node = h("nav", { class: "nav", "aria-label": t("nav.label") }, h("ul", {}, links.map((link) => h("li", {}, link)), h("li", { class: "spacer" }), h("li", {}, theme())));
  return { node, watch: (section) => watcher.observe(section) };
}

// parts: {kicker, title, about, sections: [[label, {node, draw}]], footer}
export function shell(parts) {
  const app = document.getElementById("app");
  const nav = navigation(parts.sections.map(([label, section]) => [section.node.id, label]));
  app.append(
    h("header", { class: "top" }, h("p", { class: "kicker" }, parts.kicker), h("h1", {}, parts.title), parts.about && h("p", { class: "about" }, parts.about)),
    nav.node,
    h("main", {}, parts.sections.map(([, section]) => section.node)),
    h("footer", {}, parts.footer),
  );
  document.documentElement.dataset.ready = "1";
  for (const [, section] of parts.sections) {
    nav.watch(section.node);
    section.draw();
  }
  window.addEventListener("beforeprint", () => parts.sections.forEach(([, section]) => section.draw()));
  document.documentElement.dataset.drawn = "1";
}
