using System.Diagnostics;
using System.Text.Json;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary><c>edgehost call</c> with methods of every kind: the way follows the method, input and output are a shell's.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();
    private RunnerHost? _host;

    private RunnerHost Host => _host!;

    public async Task InitializeAsync() => _host = await RunnerHost.StartAsync([], settings: null, "Conformance");

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_AServerStream_PrintsItemsAndTheResponse()
        => Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"sent":2}"""], Lines(await CallAsync("conformance.count", input: null, "--json", """{"to":2}""")));

    [Fact]
    public async Task Call_AClientStream_PushesStandardInput()
    {
        using var json = JsonDocument.Parse((await CallAsync("conformance.sum", "{\"n\":1}\n\n{\"n\":2}\n")).Output);

        Assert.Equal((2, 3), (json.RootElement.GetProperty("count").GetInt32(), json.RootElement.GetProperty("sum").GetInt32()));
    }

    [Fact]
    public async Task Call_ADuplexMethod_PushesAndPrints()
        => Assert.Equal(["""{"n":2}""", """{"n":4}"""], Lines(await CallAsync("conformance.double", "{\"n\":1}\n{\"n\":2}")).Take(2));

    [Fact]
    public async Task Call_AFieldFromStandardInputOrAFile_IsItsBytes()
    {
        var file = _folder.Combine("data");
        await File.WriteAllBytesAsync(file, [1, 2, 3]);

        Assert.Contains("\"sum\": 195", (await CallAsync("conformance.measure", "AB@", "--file", "data=-")).Output, StringComparison.Ordinal);
        Assert.Contains("\"sum\": 6", (await CallAsync("conformance.measure", input: null, "--file", $"data={file}")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conformance.sum", "{oops", "Line 1 of the input is not JSON")]
    [InlineData("conformance.sum", "{}", "can read standard input", "--json", "-")]
    [InlineData("conformance.measure", "", "takes nothing that is pushed", "--push")]
    [InlineData("conformance.sum", "", "exclude each other", "--push", "--push-file", "data=x")]
    [InlineData("conformance.sum", "", "cannot be read", "--push-file", "data=/does/not/exist")]
    [InlineData("conformance.sum", "", "--push-file takes FIELD=PATH", "--push-file", "data")]
    public async Task Call_UsedWrongly_EndsWithTwoAndSaysWhy(string method, string input, string problem, params string[] options)
    {
        var result = await RunAsync(method, input, options);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Call_AnErrorBehindItems_IsJsonOnStandardError()
    {
        var result = await RunAsync("conformance.count", input: null, "--json", """{"to":5,"fail_after":1}""");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["""{"n":1}"""], Lines(result));
        using var error = JsonDocument.Parse(result.Error);
        Assert.Equal("aborted", error.RootElement.GetProperty("code").GetString());
    }

    [InterruptFact]
    public async Task Call_Interrupted_CancelsTheCallOnTheHost()
    {
        using var call = Start("conformance.wait");
        await UntilCallsAsync(1);

        using (var kill = Process.Start("kill", ["-INT", call.Id.ToString()])) await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(Timeout);
        var error = await call.StandardError.ReadToEndAsync(limit.Token);
        await call.WaitForExitAsync(limit.Token);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("cancelled", error, StringComparison.Ordinal);
        await UntilCallsAsync(0);
    }

    [UnixFact]
    public async Task Call_WhoseOutputNobodyReadsAnyMore_EndsQuietlyAndStopsTheCall()
    {
        using var call = Start("conformance.count", "--json", """{"to":1000000}""");
        Assert.Equal("""{"n":1}""", await call.StandardOutput.ReadLineAsync());

        call.StandardOutput.Close();
        using var limit = new CancellationTokenSource(Timeout);
        var error = await call.StandardError.ReadToEndAsync(limit.Token);
        await call.WaitForExitAsync(limit.Token);

        Assert.Equal((141, string.Empty), (call.ExitCode, error));
        await UntilCallsAsync(0);
    }

    private static string[] Lines(CommandResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<CommandResult> CallAsync(string method, string? input, params string[] options)
    {
        var result = await RunAsync(method, input, options);
        Assert.True(result.ExitCode == 0, $"It ended with {result.ExitCode}: {result.Error}");
        return result;
    }

    private Task<CommandResult> RunAsync(string method, string? input, params string[] options)
        => HostProcess.RunAsync(["call", method, .. options, "--endpoint", Host.Process.Endpoint], Timeout, input);

    private Process Start(string method, params string[] options) => Process.Start(new ProcessStartInfo(
        HostProcess.Executable, ["call", method, .. options, "--endpoint", Host.Process.Endpoint])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    private async Task UntilCallsAsync(int calls) => await Host.UntilStatsAsync($"{calls} calls", stats => stats.ActiveCalls == calls);
}
