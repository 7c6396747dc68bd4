// The report of one plan.
import { about } from "gp/app/about";
import { bills } from "gp/app/bills";
import { capital } from "gp/app/capital";
import { costs } from "gp/app/costs";
import { deals } from "gp/app/deals";
import { jobs } from "gp/app/jobs";
import { environment } from "gp/app/environment";
import { limits } from "gp/app/limits";
import { model } from "gp/app/model";
import { power } from "gp/app/power";
import { projects } from "gp/app/projects";
import { rules } from "gp/app/rules";
import { shell } from "gp/app/shell";
import { summary } from "gp/app/summary";
import { supply } from "gp/app/supply";
import { taxes } from "gp/app/taxes";
import { timeline } from "gp/app/timeline";
import { where } from "gp/app/where";
import { t } from "gp/app/words";

const plan = model();
const { manifest } = plan;
shell({
  kicker: t("top.kicker", { name: plan.name, first: plan.first, last: plan.last, date: manifest.created.slice(0, 10) }),
  title: plan.title,
  about: plan.description,
  sections: [
    [t("nav.summary"), { node: summary(plan), draw: () => {} }],
    [t("nav.where"), where(plan)],
    [t("nav.power"), power(plan)],
    [t("nav.costs"), costs(plan)],
    [t("nav.bills"), bills(plan)],
    [t("nav.capital"), capital(plan)],
    [t("nav.deals"), deals(plan)],
    [t("nav.rules"), rules(plan)],
    [t("nav.jobs"), jobs(plan)],
    [t("nav.taxes"), taxes(plan)],
    [t("nav.limits"), limits(plan)],
    [t("nav.supply"), supply(plan)],
    [t("nav.environment"), environment(plan)],
    [t("nav.timeline"), timeline(plan)],
    [t("nav.projects"), projects(plan)],
    [t("nav.about"), about(plan)],
  ].filter(([, section]) => section),
  footer: t("footer", { version: manifest.gigaplan_version }),
});
