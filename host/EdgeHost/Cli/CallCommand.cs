using System.CommandLine;
using EdgeHost.Client;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost call</c>: any method of any plugin, JSON in and out.</summary>
internal static class CallCommand
{
    private static readonly Argument<string> Method = new("method") { Description = "The method; 'edgehost capabilities' lists them." };

    /// <summary>The method that a command line of this verb names, or null.</summary>
    public static string? MethodOf(ParseResult parsed) => parsed.GetResult(Method)?.Tokens is [var token, ..] ? token.Value : null;

    public static Command Create()
    {
        var method = Method;
        var json = new Option<string?>("--json") { Description = "The request as a JSON object; '-' reads it from standard input.", HelpName = "JSON" };
        var files = new Option<string[]>("--file") { Description = "Puts a file's bytes into a field; may be given several times.", HelpName = "FIELD=PATH" };
        var outputs = new Option<string[]>("--out") { Description = "Writes a binary field of the response to a file instead of printing it.", HelpName = "FIELD=PATH" };
        var stream = new Option<bool>("--stream") { Description = "Prints the items of a stream as they come, one JSON value a line." };
        var push = new Option<bool>("--push") { Description = "Pushes standard input: one JSON object a line. For client streams and duplex calls." };
        var pushBytes = new Option<string?>("--push-bytes") { Description = "Pushes standard input as bytes of this field, in chunks, for example sound.", HelpName = "FIELD" };
        var chunk = new Option<int>("--chunk") { Description = "Bytes of a chunk.", HelpName = "BYTES", DefaultValueFactory = _ => 32 * 1024 };
        var key = new Option<string?>("--idempotency-key") { Description = "The host runs calls of one method and key once.", HelpName = "KEY" };
        var deadline = new Option<int?>("--deadline") { Description = "Milliseconds to wait for the answer.", HelpName = "MS" };
        var priority = new Option<CallPriority>("--priority") { Description = "How urgent it is.", DefaultValueFactory = _ => CallPriority.Normal };
        var explain = new Option<bool>("--explain") { Description = "Says on standard error which device ran it, why, and how long it took." };
        var command = ExampleHelp.With(
            new Command("call", "Calls a method of the running host and prints the response as JSON. Exit code 1 means an error, which standard error has as JSON.")
            {
                method, json, files, outputs, stream, push, pushBytes, chunk, key, deadline, priority, explain,
            },
            "edgehost call vision.recognize_text --file image=page.jpg",
            """edgehost call vision.detect_faces --file image=photo.jpg --json '{"max_results":3}' --explain""",
            """edgehost call models.pull --json '{"models":["ocr-det"]}' --stream""",
            """printf '{"text":"Once upon a ti"}\\n{"text":"me"}\\n' | edgehost call wordtools.count_live --push""",
            "edgehost call vision.recognize_text --help      what the method takes and gives");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = await CallRequest.ReadAsync(
                parsed.GetValue(json), parsed.GetValue(files) ?? [], cancellationToken).ConfigureAwait(false);
            var response = new CallResponse(parsed.GetValue(outputs) ?? []);
            var options = new CallOptions
            {
                Deadline = parsed.GetValue(deadline) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
                Priority = parsed.GetValue(priority),
                IdempotencyKey = parsed.GetValue(key),
                OnInfo = parsed.GetValue(explain) ? CallExplanation.Print : null,
            };
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var calls = new MethodCalls(caller.Client, response, options);
            var name = parsed.GetRequiredValue(method);
            if (Pushes(parsed.GetValue(push), parsed.GetValue(pushBytes), parsed.GetValue(chunk), cancellationToken) is { } pushes)
            {
                await calls.PushAsync(name, request, pushes, cancellationToken).ConfigureAwait(false);
            }
            else if (parsed.GetValue(stream))
            {
                await calls.StreamAsync(name, request, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await calls.CallAsync(name, request, cancellationToken).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static IAsyncEnumerable<byte[]>? Pushes(bool lines, string? field, int chunkBytes, CancellationToken cancellationToken)
    {
        if (lines && field is not null) throw new UsageException("--push and --push-bytes exclude each other.");
        if (chunkBytes is < 1 or > 32 << 20) throw new UsageException($"--chunk is {chunkBytes}; allowed are 1 to {32 << 20}.");
        if (lines) return PushedInput.LinesAsync(Console.In, cancellationToken);
        return field is null ? null : PushedInput.ChunksAsync(Console.OpenStandardInput(), field, chunkBytes, cancellationToken);
    }
}
