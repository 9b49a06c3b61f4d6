# The fifteen criteria of the portfolio standard, for the comparison with Rego.
package portfolio

import rego.v1

settled := {"assessed", "not-needed"}

met contains "sponsor-named" if count(input.sponsor) >= 1

met contains "case-approved" if input.business_case == "approved"

met contains "budget-set" if input.budget > 0

met contains "funding-confirmed" if input.funding_confirmed == true

met contains "baseline-dated" if {
	input.baseline_start
	input.baseline_finish
}

met contains "tolerance-agreed" if input.tolerance_cost <= 0.15

met contains "route-chosen" if not input.procurement

met contains "route-chosen" if input.procurement in {"open", "framework", "none"}

met contains "privacy-settled" if input.privacy in settled

met contains "security-settled" if input.security in settled

met contains "risks-owned" if {
	every risk in object.get(input, "risks", []) {
		risk.owner
	}
}

met contains "risks-scored" if {
	every risk in object.get(input, "risks", []) {
		risk.probability
		risk.impact
	}
}

met contains "benefits-listed" if count(input.benefits) >= 1

met contains "benefits-owned" if {
	every benefit in object.get(input, "benefits", []) {
		benefit.owner
	}
}

met contains "milestones-dated" if {
	every milestone in object.get(input, "milestones", []) {
		milestone.due
	}
}

met contains "stakeholders-known" if count(input.stakeholders) >= 2
