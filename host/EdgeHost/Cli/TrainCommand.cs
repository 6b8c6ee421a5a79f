using System.CommandLine;
using EdgeHost.Capabilities.Training;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost train</c>: begins a training job in the running host, as an app, and may follow it.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var spec = new Option<string>("--spec") { Description = "The file that says what to train; - for standard input.", Required = true, HelpName = "FILE" };
        var app = JobsCommand.App();
        var watch = new Option<bool>("--watch") { Description = "Follow the job to its end and draw its learning curve." };
        var curve = new Option<string?>("--curve") { Description = "Follow the job and write its learning curve to a PNG file.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("train", "Begins a training job in the running host.") { spec, app, watch, curve, json },
            "edgehost train --spec job.json --watch",
            "edgehost train --spec job.json --app mail --curve curve.png");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await ReadAsync(parsed.GetRequiredValue(spec), cancellationToken).ConfigureAwait(false);
            await using var client = await JobsCommand.ConnectAsync(parsed, app, cancellationToken).ConfigureAwait(false);
            var job = await client.Training.StartAsync(text, cancellationToken).ConfigureAwait(false);
            var picture = parsed.GetValue(curve);
            if (!parsed.GetValue(watch) && picture is null)
            {
                if (parsed.GetValue(json)) MessageOutput.Write(new TrainingJobResponse { Job = job });
                else Console.WriteLine($"The job {job.Id} trains {job.Model}. To follow it: edgehost jobs show {job.Id}");
                return ExitCodes.Ok;
            }

            return await JobsCommand.FollowAsync(client, job.Id, picture, parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path == "-") return await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {e.Message}");
        }
    }
}
