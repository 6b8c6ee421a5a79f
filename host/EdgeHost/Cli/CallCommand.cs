using System.CommandLine;
using EdgeHost.Client;
using EdgeHost.Host.Annotating;

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
        var files = new Option<string[]>("--file") { Description = "Puts a file's bytes into a field; may be given several times. '-' is standard input.", HelpName = "FIELD=PATH" };
        var outputs = new Option<string[]>("--out") { Description = "Writes a binary field of the response to a file instead of printing it.", HelpName = "FIELD=PATH" };
        var annotate = new Option<string?>("--annotate") { Description = "Draws what the response found on the picture of --file image=PATH, and writes it as a PNG file.", HelpName = "PATH" };
        var stream = new Option<bool>("--stream") { Description = "Prints items as they come, one JSON value a line; streams do so by themselves." };
        var push = new Option<bool>("--push") { Description = "Pushes standard input, one JSON object a line; client streams and duplex calls do so by themselves." };
        var pushBytes = new Option<string?>("--push-bytes") { Description = "Pushes standard input as bytes of this field, in chunks, for example sound.", HelpName = "FIELD" };
        var pushFile = new Option<string?>("--push-file") { Description = "Pushes a file as bytes of a field, in chunks; '-' is standard input.", HelpName = "FIELD=PATH" };
        var chunk = new Option<int>("--chunk") { Description = "Bytes of a chunk.", HelpName = "BYTES", DefaultValueFactory = _ => 32 * 1024 };
        var key = new Option<string?>("--idempotency-key") { Description = "The host runs calls of one method and key once.", HelpName = "KEY" };
        var deadline = new Option<int?>("--deadline") { Description = "Milliseconds to wait for the answer.", HelpName = "MS" };
        var priority = new Option<CallPriority>("--priority") { Description = "How urgent it is.", DefaultValueFactory = _ => CallPriority.Normal };
        var explain = new Option<bool>("--explain") { Description = "Says on standard error which device ran it, why, and how long it took." };
        var command = ExampleHelp.With(
            new Command("call", "Calls a method of the running host and prints the response as JSON. Exit code 1 means an error, which standard error has as JSON.")
            {
                method, json, files, outputs, annotate, stream, push, pushBytes, pushFile, chunk, key, deadline, priority, explain,
            },
            "edgehost call vision.recognize_text --file image=page.jpg",
            """edgehost call vision.detect_faces --file image=photo.jpg --json '{"max_results":3}' --explain""",
            "edgehost call vision.detect_objects --file image=street.jpg --annotate found.png",
            """edgehost call models.pull --json '{"models":["ocr-det"]}' --stream""",
            """printf '{"text":"Once upon a ti"}\\n{"text":"me"}\\n' | edgehost call wordtools.count_live""",
            "edgehost call vision.recognize_text --help      what the method takes and gives");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var input = new CallInput(
                parsed.GetValue(push), parsed.GetValue(pushBytes), parsed.GetValue(pushFile) is { } text ? FieldAndPath.Parse("--push-file", text) : null, parsed.GetValue(chunk));
            var readers = CallRequest.CountInputReaders(parsed.GetValue(json), parsed.GetValue(files) ?? []);
            input.Check(readers, pushes: false);
            var request = await CallRequest.ReadAsync(parsed.GetValue(json), parsed.GetValue(files) ?? [], cancellationToken).ConfigureAwait(false);
            var picture = parsed.GetValue(annotate) is { } path ? AnnotatedPicture.Of(path, request.Files) : null;
            var response = new CallResponse(parsed.GetValue(outputs) ?? []);
            var options = new CallOptions
            {
                Deadline = parsed.GetValue(deadline) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
                Priority = parsed.GetValue(priority),
                IdempotencyKey = parsed.GetValue(key),
                OnInfo = parsed.GetValue(explain) ? CallExplanation.Print : null,
            };
            await using var caller = await HostCallers.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            var name = parsed.GetRequiredValue(method);
            var kind = await KindOfAsync(caller.Client, name, cancellationToken).ConfigureAwait(false);
            var pushes = kind is CapabilityKind.ClientStream or CapabilityKind.Duplex;
            if (kind is not null && !pushes && input.IsGiven) throw new UsageException($"{name} takes nothing that is pushed; 'edgehost call {name} --help' says what it takes.");
            input.Check(readers, pushes);
            var calls = new MethodCalls(caller.Client, response, options, picture);
            if (kind is null or CapabilityKind.Unary && !parsed.GetValue(stream))
            {
                await calls.CallAsync(name, request.Body, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Ok;
            }

            if (picture is not null) throw new UsageException($"--annotate draws one answer, and {name} gives a stream of them.");
            var items = pushes ? input.Open(caller.Client.Host.Limits.MaxFrameBytes, cancellationToken) : null;
            await calls.StreamAsync(name, request.Body, items, kind != CapabilityKind.ClientStream, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The method's kind; null where the host does not know it, which the call itself then says best.</summary>
    private static async Task<CapabilityKind?> KindOfAsync(EdgeHostClient client, string method, CancellationToken cancellationToken)
        => await client.FindCapabilityAsync(method, cancellationToken).ConfigureAwait(false) is { Unavailable: null } entry ? entry.Kind : null;
}
