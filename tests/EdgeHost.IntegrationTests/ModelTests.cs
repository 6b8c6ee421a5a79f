using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Models through the command line and the socket: mirrors, altered files, what a call says when its model is missing.</summary>
public class ModelTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private static string Photo => Path.Combine(Repository.Root, "samples", "Photos", "astronaut.jpg");

    [ModelsFact]
    public async Task Call_WhoseModelIsNotOnTheDevice_SaysHowToGetIt()
    {
        using var folder = new TempFolder();
        await using var host = HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(host);

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.DetectFacesAsync(await File.ReadAllBytesAsync(Photo)));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("edgehost models pull face-back", error.Message, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task Model_WhoseFileWasAltered_IsDataLossAndCanBePulledAgain()
    {
        using var folder = new TempFolder();
        var home = folder.Combine("home");
        await PullAsync(home, "face-back");
        var blob = Directory.EnumerateFiles(Path.Combine(home, "models", "blobs")).Single(f => new FileInfo(f).Length > 100_000);
        var original = await File.ReadAllBytesAsync(blob);
        File.SetAttributes(blob, FileAttributes.Normal);
        var altered = (byte[])original.Clone();
        altered[altered.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(blob, altered);
        await using var host = HostProcess.Start(folder.Combine("a.sock"), home);
        await using var client = await Hosts.ConnectAsync(host);

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.DetectFacesAsync(await File.ReadAllBytesAsync(Photo)));
        var verify = await HostProcess.RunAsync(["models", "verify", "--endpoint", host.Endpoint], Timeout);

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Equal(1, verify.ExitCode);
        var remove = await HostProcess.RunAsync(["models", "remove", "face-back", "--endpoint", host.Endpoint], Timeout);
        Assert.True(remove.ExitCode == 0, remove.Error);
        await PullAsync(home, "face-back", "--endpoint", host.Endpoint);
        Assert.Single((await client.Vision.DetectFacesAsync(await File.ReadAllBytesAsync(Photo))).Faces);
    }

    [ModelsFact]
    public async Task Pull_FromAMirrorFolder_NeedsNoNetwork()
    {
        using var folder = new TempFolder();
        await PullAsync(folder.Combine("first"), "face-front");

        var result = await HostProcess.RunAsync(
            ["models", "pull", "face-front", "--mirror", folder.Combine("first", "models", "blobs"), "--home", folder.Combine("second"), "--endpoint", folder.Combine("none.sock")],
            Timeout,
            environment: new Dictionary<string, string> { ["PATH"] = string.Empty });

        Assert.True(result.ExitCode == 0, result.Error);
    }

    private static async Task PullAsync(string home, params string[] arguments)
    {
        string[] endpoint = arguments.Contains("--endpoint") ? [] : ["--endpoint", Path.Combine(home, "none.sock")];
        var result = await HostProcess.RunAsync(["models", "pull", .. arguments, "--home", home, .. endpoint], Timeout);
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
    }
}
