using System.CommandLine;
using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Watching;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost explain</c>: why was this model evicted, why did this call wait, why this device.</summary>
internal static class ExplainCommand
{
    private const int MostDecisions = 1000;

    public static Command Create()
    {
        var subject = new Argument<string?>("subject")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A model (id or id@version), a device or an app; everything if left out.",
        };
        var kind = new Option<DecisionKind?>("--kind") { Description = $"Only one kind: {string.Join(", ", Enum.GetValues<DecisionKind>().Select(DecisionText.Name))}.", HelpName = "KIND" };
        var count = new Option<int>("--count") { Description = "How many at most, 1 to 1000.", DefaultValueFactory = _ => 20, HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostDecisions) result.AddError($"--count takes 1 to {MostDecisions}.");
        });
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("explain", "Says what the running host decided lately and why: loads, evictions, refusals, placements, device health, budget.")
            {
                subject, kind, count, json,
            },
            "edgehost explain                       what happened lately",
            "edgehost explain ocr-rec               where the model is now, and why it came and went",
            "edgehost explain --kind evicted",
            "edgehost explain gpu0 --count 5");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var about = parsed.GetValue(subject);
            var found = await caller.Client.Diagnostics.ExplainAsync(
                about, parsed.GetValue(kind), parsed.GetValue(count), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                MessageOutput.Write(found);
                return ExitCodes.Ok;
            }

            var stats = await caller.Client.Diagnostics.StatsAsync(cancellationToken).ConfigureAwait(false);
            var known = about is null ? [] : (await caller.Client.Diagnostics.ExplainAsync(count: MostDecisions, cancellationToken: cancellationToken).ConfigureAwait(false)).Decisions;
            foreach (var line in new ExplainView(TimeProvider.System.LocalTimeZone).Render(about, parsed.GetValue(kind), found.Decisions, stats, known)) Console.WriteLine(line);
            return ExitCodes.Ok;
        });
        return command;
    }
}
