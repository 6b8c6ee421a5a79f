using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The sample ReadNext as a program beside a running host.</summary>
public class ReadNextTests
{
    private static string Feeds => Path.Combine(Repository.Root, "samples", "ReadNext", "feeds");

    [Fact]
    public async Task Reader_WhoReadsAndDislikes_GetsReasonsAndAnEvaluation()
    {
        using var home = new HostHome();
        await using var host = HostProcess.Start(home.Combine("h.sock"), home.Path);
        await using (await Hosts.ConnectAsync(host))
        {
        }

        var (exitCode, output) = await Samples.RunWithInputAsync("ReadNext", host.Endpoint, "1\n+1\n-2\nnonsense\n1\ne\nq\n", Feeds);

        Assert.True(exitCode == 0, output);
        Assert.Contains("Has the tag", output, StringComparison.Ordinal);
        Assert.Contains("Read of each list:", output, StringComparison.Ordinal);
        Assert.Contains("blend", output, StringComparison.Ordinal);
        Assert.Contains("content", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Practice_OnOneSubject_DrawsACurveThatRises()
    {
        using var home = new HostHome();
        await using var host = HostProcess.Start(home.Combine("h.sock"), home.Path);
        await using (await Hosts.ConnectAsync(host))
        {
        }

        var (exitCode, output) = await Samples.RunAsync("ReadNext", host.Endpoint, Feeds, "--practice", "chess", "4");

        Assert.True(exitCode == 0, output);
        var counts = output.Split('\n').Where(static line => line.StartsWith("list ", StringComparison.Ordinal)).Select(static line => line.Split(": ")[1][0] - '0').ToList();
        Assert.Equal(4, counts.Count);
        Assert.True(counts.Skip(1).Max() > counts[0], output);
        Assert.True(counts.Sum() >= 6, output);
        Assert.Contains("Read of each list:", output, StringComparison.Ordinal);
    }
}
