#include "identify/districts.h"

/* The usual abbreviations of newspapers. */
static const char *const states[][2] = {
    {"Ala", "alabama"},        {"Ariz", "arizona"},    {"Ark", "arkansas"},
    {"Calif", "california"},   {"Colo", "colorado"},   {"Conn", "connecticut"},
    {"Del", "delaware"},       {"Fla", "florida"},     {"Ga", "georgia"},
    {"Ill", "illinois"},       {"Ind", "indiana"},     {"Kan", "kansas"},
    {"Ky", "kentucky"},        {"La", "louisiana"},    {"Md", "maryland"},
    {"Mass", "massachusetts"}, {"Mich", "michigan"},   {"Minn", "minnesota"},
    {"Miss", "mississippi"},   {"Mo", "missouri"},     {"Mont", "montana"},
    {"Neb", "nebraska"},       {"Nev", "nevada"},      {"N.H", "hampshire"},
    {"N.J", "jersey"},         {"N.M", "mexico"},      {"N.Y", "york"},
    {"N.C", "carolina"},       {"N.D", "dakota"},      {"Okla", "oklahoma"},
    {"Ore", "oregon"},         {"Pa", "pennsylvania"}, {"R.I", "island"},
    {"S.C", "carolina"},       {"S.D", "dakota"},      {"Tenn", "tennessee"},
    {"Vt", "vermont"},         {"Va", "virginia"},     {"Wash", "washington"},
    {"W.Va", "virginia"},      {"Wis", "wisconsin"},   {"Wyo", "wyoming"}};

static text_view party_of(char letter) {
    switch (letter) {
    case 'R': return VIEW("republican");
    case 'D': return VIEW("democrat");
    case 'I': return VIEW("independent");
    default: return (text_view){"", 0};
    }
}

district district_of(text_view word) {
    district found = {{"", 0}, {"", 0}};
    if (word.len > 2 && (word.ptr[1] == '-' || word.ptr[1] == '.')) {
        found.party = party_of(word.ptr[0]);
        if (found.party.len) word = view_slice(word, 2, word.len);
    } else if (word.len == 1) {
        found.party = party_of(word.ptr[0]);
        return found;
    }
    if (word.len > 1 && word.ptr[word.len - 1] == '.') word.len--;
    found.state = word;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (view_is(word, states[i][0])) found.state = view_of(states[i][1]);
    return found;
}
