using System.CommandLine;
using EdgeHost.Client;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost call</c>: any method of any plugin, JSON in and out.</summary>
internal static class CallCommand
{
    public static Command Create()
    {
        var method = new Argument<string>("method") { Description = "The method; 'edgehost capabilities' lists them." };
        var json = new Option<string?>("--json") { Description = "The request as a JSON object; '-' reads it from standard input.", HelpName = "JSON" };
        var files = new Option<string[]>("--file") { Description = "Puts a file's bytes into a field; may be given several times.", HelpName = "FIELD=PATH" };
        var outputs = new Option<string[]>("--out") { Description = "Writes a binary field of the response to a file instead of printing it.", HelpName = "FIELD=PATH" };
        var stream = new Option<bool>("--stream") { Description = "Prints the items of a stream as they come, one JSON value a line." };
        var deadline = new Option<int?>("--deadline") { Description = "Milliseconds to wait for the answer.", HelpName = "MS" };
        var priority = new Option<CallPriority>("--priority") { Description = "How urgent it is.", DefaultValueFactory = _ => CallPriority.Normal };
        var explain = new Option<bool>("--explain") { Description = "Says on standard error which device ran it, why, and how long it took." };
        var command = ExampleHelp.With(
            new Command("call", "Calls a method of the running host and prints the response as JSON. Exit code 1 means an error, which standard error has as JSON.")
            {
                method, json, files, outputs, stream, deadline, priority, explain,
            },
            "edgehost call vision.recognize_text --file image=page.jpg",
            """edgehost call vision.detect_faces --file image=photo.jpg --json '{"max_results":3}' --explain""",
            """edgehost call models.pull --json '{"models":["ocr-det"]}' --stream""");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = await CallRequest.ReadAsync(
                parsed.GetValue(json), parsed.GetValue(files) ?? [], cancellationToken).ConfigureAwait(false);
            var response = new CallResponse(parsed.GetValue(outputs) ?? []);
            var options = new CallOptions
            {
                Deadline = parsed.GetValue(deadline) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
                Priority = parsed.GetValue(priority),
                OnInfo = parsed.GetValue(explain) ? CallExplanation.Print : null,
            };
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(stream))
            {
                await foreach (var item in caller.Client.StreamAsync(
                    parsed.GetRequiredValue(method), request, options, cancellationToken).ConfigureAwait(false))
                {
                    using (item) response.PrintItem(item.Memory);
                }
            }
            else
            {
                using var answer = await caller.Client.CallAsync(
                    parsed.GetRequiredValue(method), request, options, cancellationToken).ConfigureAwait(false);
                response.Print(answer.Memory);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
