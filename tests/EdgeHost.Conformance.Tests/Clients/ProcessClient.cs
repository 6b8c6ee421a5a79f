using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>A client in a process of its own: commands go to its standard input and events come from its standard output, a line each.</summary>
internal sealed class ProcessClient : IClientUnderTest
{
    private const int MostEvidence = 16 * 1024;
    private readonly Process _process;
    private readonly EventQueues _events = new();
    private readonly StringBuilder _errors = new();

    public ProcessClient(string folder, string program, params IReadOnlyList<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        _process.OutputDataReceived += (_, e) => OnLine(e.Data);
        _process.ErrorDataReceived += (_, e) => OnError(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Evidence
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    public async Task SendAsync(JsonObject command, CancellationToken cancellationToken)
    {
        if (command["do"]!.GetValue<string>() == "reset") _events.Clear();
        await _process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    public Task<JsonNode> NextEventAsync(string of, CancellationToken cancellationToken) => _events.NextAsync(of, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            _events.Fail(new InvalidDataException("the client's process ended"));
            return;
        }

        try
        {
            _events.Add(JsonNode.Parse(line)!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            OnError($"Not an event: {line} ({e.Message})");
        }
    }

    private void OnError(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length < MostEvidence) _errors.AppendLine(line);
        }
    }
}
