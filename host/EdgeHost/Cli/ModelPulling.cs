using EdgeHost.Capabilities.Models;
using EdgeHost.Serialization;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary>Pulls models and shows how far they are: bars for a person, lines for a log, JSON lines for a machine.</summary>
internal static class ModelPulling
{
    public static Task PullAsync(IHostCaller caller, PullModelsRequest request, bool json, CancellationToken cancellationToken)
        => ShowAsync(caller.StreamAsync<PullModelsRequest, PullProgress>(ModelMethods.Pull, request, cancellationToken), json);

    /// <summary>Shows how far a pull, or what goes before it, is.</summary>
    public static Task ShowAsync(IAsyncEnumerable<PullProgress> items, bool json)
    {
        if (json) return PrintJsonAsync(items);
        return AnsiConsole.Profile.Capabilities.Interactive ? ShowBarsAsync(items) : PrintLinesAsync(items);
    }

    private static Task ShowBarsAsync(IAsyncEnumerable<PullProgress> items) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            var bars = new Dictionary<string, ProgressTask>();
            await foreach (var item in items.ConfigureAwait(false))
            {
                if (!bars.TryGetValue(item.Model, out var bar)) bars[item.Model] = bar = context.AddTask(Markup.Escape(item.Model));
                bar.Description = Markup.Escape($"{item.Model}: {Describe(item)}");
                bar.IsIndeterminate = item.PackageBytes is not null;
                bar.MaxValue = Math.Max(1, item.BytesTotal ?? 1);
                bar.Value = item.BytesDone;
                if (item.Phase == PullPhase.Completed) bar.StopTask();
            }
        });

    // A log takes one line a phase, not one a block.
    private static async Task PrintLinesAsync(IAsyncEnumerable<PullProgress> items)
    {
        (string, PullPhase, string?)? last = null;
        await foreach (var item in items.ConfigureAwait(false))
        {
            if (last != (item.Model, item.Phase, item.File)) Console.WriteLine($"   {item.Model}: {Describe(item)}");
            last = (item.Model, item.Phase, item.File);
        }
    }

    private static async Task PrintJsonAsync(IAsyncEnumerable<PullProgress> items)
    {
        await foreach (var item in items.ConfigureAwait(false))
        {
            var bytes = WireMessageSerializer.ToArray(item);
            JsonOutput.WriteLine(writer => WireJson.WriteTo(bytes, writer));
        }
    }

    private static string Describe(PullProgress item) => item switch
    {
        { Phase: PullPhase.Completed } => "installed",
        { PackageBytes: { } bytes } => $"downloading {item.File} {Tables.Bytes(bytes)}",
        _ => $"{item.Phase.ToString().ToLowerInvariant()} {item.File}".TrimEnd(),
    };
}
