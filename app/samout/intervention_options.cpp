#include "app/samout/intervention_options.h"

#include "app/samout/commands.h"

#include "app/samout/output.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <string_view>
#include <vector>

namespace samout::cli {

namespace {

/// Reads one entry of a list from left to right.
class Reader {
public:
    Reader(std::string_view entry, const char *option, const char *example)
        : m_entry(entry), m_rest(entry), m_option(option), m_example(example)
    {
    }

    template <typename Number> Number number()
    {
        Number value = 0;
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error == std::errc::result_out_of_range)
            throw UsageError(std::string(m_option) + ": \"" + std::string(m_entry) +
                             "\" has a number that is too large or too small.");
        if (error != std::errc())
            complain();
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return value;
    }
    void skip(char sign)
    {
        if (!m_rest.starts_with(sign))
            complain();
        m_rest.remove_prefix(1);
    }
    void end() const
    {
        if (!m_rest.empty())
            complain();
    }

private:
    [[noreturn]] void complain() const
    {
        throw UsageError(std::string(m_option) + ": \"" + std::string(m_entry) + "\" should be as " + m_example + ".");
    }

    std::string_view m_entry, m_rest;
    const char *m_option;
    const char *m_example;
};

/// What stands between the commas; none where the option was not given.
std::vector<std::string_view> entriesOf(const std::optional<std::string> &given)
{
    std::vector<std::string_view> entries;
    if (!given)
        return entries;
    std::string_view list = *given;
    for (auto comma = list.find(','); comma != list.npos; comma = list.find(',')) {
        entries.push_back(list.substr(0, comma));
        list.remove_prefix(comma + 1);
    }
    entries.push_back(list);
    return entries;
}

} // namespace

void InterventionOptions::addTo(CLI::App &command)
{
    command.add_option("--silence", silence, "Heads whose output is 0: layer.head, from 0 on")->type_name("L.H,...");
    command.add_option("--alpha", alpha, "Alphas to compute with instead of the trained ones: layer=value")
        ->type_name("L=X,...");
    command.add_option("--set", set, "States to set: layer.channel@position=value; the maximum goes on from there")
        ->type_name("L.C@T=X,...");
}

Interventions InterventionOptions::interventions() const
{
    Interventions result;
    for (const std::string_view entry : entriesOf(silence)) {
        Reader reader(entry, "--silence", "1.2 (layer 1, head 2)");
        Interventions::Head head;
        head.layer = reader.number<int>();
        reader.skip('.');
        head.head = reader.number<int>();
        reader.end();
        result.silencedHeads.push_back(head);
    }
    for (const std::string_view entry : entriesOf(alpha)) {
        Reader reader(entry, "--alpha", "1=0.5 (layer 1)");
        Interventions::Alpha change;
        change.layer = reader.number<int>();
        reader.skip('=');
        change.value = reader.number<float>();
        reader.end();
        result.alphas.push_back(change);
    }
    for (const std::string_view entry : entriesOf(set)) {
        Reader reader(entry, "--set", "1.17@4=0.5 (layer 1, channel 17 at position 4)");
        Interventions::States edit;
        edit.layer = reader.number<int>();
        reader.skip('.');
        edit.channel = reader.number<int>();
        reader.skip('@');
        edit.position = reader.number<std::int64_t>();
        reader.skip('=');
        edit.values = {reader.number<float>()};
        reader.end();
        result.states.push_back(std::move(edit));
    }
    return result;
}

} // namespace samout::cli
