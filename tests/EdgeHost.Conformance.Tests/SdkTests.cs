using EdgeHost.Conformance.Tests.Clients;
using EdgeHost.TestKit;

namespace EdgeHost.Conformance.Tests;

/// <summary>The own tests, types and examples of sdk/python and sdk/node, against a real host.</summary>
public class SdkTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static string PythonFolder => Path.Combine(Repository.Root, "sdk", "python");

    private static string NodeFolder => Path.Combine(Repository.Root, "sdk", "node");

    [LanguageFact("python")]
    public async Task Python_Tests_Pass()
        => await PassAsync(PythonFolder, Tools.Python!, "-W", "error::ResourceWarning", "-m", "unittest", "--verbose");

    [LanguageFact("python")]
    public async Task Python_Examples_SayWhatIsWrong()
    {
        var result = await RunAsync(PythonFolder, Tools.Python!, "examples/pull_models.py", "no-such-model");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not_found: There is no model 'no-such-model'", result.Error, StringComparison.Ordinal);
    }

    [LanguageFact("node")]
    public async Task Node_Tests_Pass()
    {
        await Tools.EnsureNodePackagesAsync();
        await PassAsync(NodeFolder, "node", "--test", "test/");
    }

    [LanguageFact("node")]
    public async Task Node_Types_Check()
    {
        await Tools.EnsureNodePackagesAsync();
        await PassAsync(NodeFolder, "node", "node_modules/typescript/bin/tsc", "-p", ".");
    }

    [LanguageFact("node")]
    public async Task Node_Examples_SayWhatIsWrong()
    {
        await Tools.EnsureNodePackagesAsync();
        var result = await RunAsync(NodeFolder, "node", "examples/pull-models.js", "no-such-model");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not_found: There is no model 'no-such-model'", result.Error, StringComparison.Ordinal);
    }

    [LanguageFact("python")]
    public async Task Python_CountsWhileOneWrites()
        => AssertCounted(await RunAsync(PythonFolder, "/bin/sh", "-c", $"printf 'one two\nthree\n' | {Tools.Python} examples/count_live.py"));

    [LanguageFact("node")]
    public async Task Node_CountsWhileOneWrites()
    {
        await Tools.EnsureNodePackagesAsync();
        AssertCounted(await RunAsync(NodeFolder, "/bin/sh", "-c", "printf 'one two\nthree\n' | node examples/count-live.js"));
    }

    private static void AssertCounted(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        Assert.Equal("2 words, 8 characters\n3 words, 14 characters\n", result.Output);
    }

    private async Task PassAsync(string folder, string program, params string[] arguments)
    {
        var result = await RunAsync(folder, program, arguments);
        Assert.True(result.ExitCode == 0, $"'{program} {string.Join(' ', arguments)}' failed:\n{result.Output}\n{result.Error}\n{host.Output}");
    }

    private async Task<CommandResult> RunAsync(string folder, string program, params string[] arguments)
    {
        var endpoint = await host.EndpointAsync();
        var environment = new Dictionary<string, string>
        {
            ["EDGEHOST_ENDPOINT"] = endpoint,
            ["EDGEHOST_TEST_ENDPOINT"] = endpoint,
            ["EDGEHOST_TEST_OFFERS"] = string.Join(',', HostConformanceTests.Offers),
            ["PYTHONPATH"] = PythonFolder,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        return await Tools.RunAsync(folder, Timeout, environment, program, arguments);
    }
}
