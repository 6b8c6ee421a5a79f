using System.CommandLine;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.Serialization;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost jobs</c>: lists, shows and ends an app's training jobs.</summary>
internal static class JobsCommand
{
    public static Command Create() => new("jobs", "Looks after training jobs: lists, shows, ends them.") { List(), Show(), Cancel() };

    /// <summary>The option that names the app whose jobs are meant.</summary>
    internal static Option<string> App() => new("--app") { Description = "The app whose jobs they are.", DefaultValueFactory = static _ => HostCallers.AppName, HelpName = "NAME" };

    internal static ValueTask<EdgeHostClient> ConnectAsync(ParseResult parsed, Option<string> app, CancellationToken cancellationToken)
        => EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = CommonOptions.EndpointOf(parsed), AppName = parsed.GetRequiredValue(app) }, cancellationToken);

    /// <summary>Follows a job to its end and prints what came of it.</summary>
    /// <returns>The exit code: a job that came to nothing is an error.</returns>
    internal static async Task<int> FollowAsync(EdgeHostClient client, string id, string? picture, bool json, CancellationToken cancellationToken)
    {
        var points = new List<TrainingPoint>();
        TrainingJob? last = null;
        await foreach (var progress in client.Training.WatchAsync(id, cancellationToken).ConfigureAwait(false))
        {
            // Another run of a search begins another curve.
            if (last is not null && last.Trial != progress.Job.Trial && progress.Points.Count > 0) points.Clear();
            points.AddRange(progress.Points);
            if (json) JsonOutput.WriteLine(writer => WireJson.WriteTo(WireMessageSerializer.ToArray(progress), writer));
            else Report(last, progress.Job);
            last = progress.Job;
        }

        if (AnsiConsole.Profile.Capabilities.Interactive && !json) Console.WriteLine();
        if (picture is not null) JobOutput.SaveCurve(picture, points);
        if (!json)
        {
            JobOutput.WriteCurve(points);
            JobOutput.WriteEnd(last!);
        }

        return last!.State == TrainingJobState.Done ? ExitCodes.Ok : ExitCodes.Error;
    }

    // One line that changes for a person; for a log a line a tenth of the way.
    private static void Report(TrainingJob? last, TrainingJob job)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive)
        {
            Console.Write($"\r{JobOutput.Line(job)}\u001b[K");
            return;
        }

        if (last is null || last.State != job.State || last.Trial != job.Trial || (job.Of > 0 && last.Step * 10 / job.Of != job.Step * 10 / job.Of)) Console.WriteLine(JobOutput.Line(job));
    }

    private static Command List()
    {
        var (app, json) = (App(), CommonOptions.Json());
        var command = ExampleHelp.With(new Command("list", "Lists an app's jobs, the newest first.") { app, json }, "edgehost jobs list --app mail");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var client = await ConnectAsync(parsed, app, cancellationToken).ConfigureAwait(false);
            var jobs = await client.Training.ListJobsAsync(model: null, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                MessageOutput.Write(new ListTrainingJobsResponse { Jobs = jobs });
                return ExitCodes.Ok;
            }

            if (jobs.Count == 0) Console.WriteLine($"{parsed.GetRequiredValue(app)} has no training jobs.");
            var table = Tables.Create("job", "model", "state", "step", "loss", "right", "seconds", "version");
            foreach (var job in jobs)
            {
                table.AddRow(
                    job.Id,
                    Markup.Escape(job.Model),
                    JobOutput.State(job),
                    job.Of > 0 ? $"{job.Step}/{job.Of}" : string.Empty,
                    (job.Metrics?.Loss ?? job.Loss) is { } loss ? $"{loss:G4}" : string.Empty,
                    (job.Metrics?.Accuracy ?? job.ValidationAccuracy) is { } accuracy ? $"{accuracy:P1}" : string.Empty,
                    $"{job.Seconds:0.0}",
                    job.Version ?? string.Empty);
            }

            if (jobs.Count > 0) AnsiConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Show()
    {
        var id = Id();
        var (app, json) = (App(), CommonOptions.Json());
        var curve = new Option<string?>("--curve") { Description = "Write the learning curve to a PNG file.", HelpName = "FILE" };
        var command = ExampleHelp.With(
            new Command("show", "Follows a job to its end, or shows what came of it, with its learning curve.") { id, app, curve, json }, "edgehost jobs show 0123456789abcdef");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var client = await ConnectAsync(parsed, app, cancellationToken).ConfigureAwait(false);
            return await FollowAsync(client, parsed.GetRequiredValue(id), parsed.GetValue(curve), parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Cancel()
    {
        var id = Id();
        var (app, json) = (App(), CommonOptions.Json());
        var command = ExampleHelp.With(new Command("cancel", "Ends a job.") { id, app, json }, "edgehost jobs cancel 0123456789abcdef");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var client = await ConnectAsync(parsed, app, cancellationToken).ConfigureAwait(false);
            var job = await client.Training.CancelAsync(parsed.GetRequiredValue(id), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) MessageOutput.Write(new TrainingJobResponse { Job = job });
            else Console.WriteLine(JobOutput.Line(job));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> Id() => new("JOB") { Description = "The job's id." };
}
