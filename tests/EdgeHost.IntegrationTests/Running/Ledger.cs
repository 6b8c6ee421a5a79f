using EdgeHost.Client;
using EdgeHost.TestKit;
using TestPlugins.Ledger;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>What the plugin Ledger wrote down, in a file that outlives its host.</summary>
internal sealed class Ledger(string path)
{
    public string Path => path;

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines => File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>How often a piece of work began.</summary>
    public int Began(string id) => Lines.Count(line => line == $"{id} began");

    /// <summary>How often a piece of work was done.</summary>
    public int Ended(string id) => Lines.Count(line => line == $"{id} ended");

    /// <summary>Does a piece of work.</summary>
    public async Task WorkAsync(EdgeHostClient client, string id, int milliseconds, CallOptions? options = null)
    {
        var request = new WorkRequest { Ledger = path, Id = id, Milliseconds = milliseconds };
        var response = await client.CallAsync<WorkRequest, WorkResponse>(WorkRequest.Method, request, options);
        Assert.Equal(id, response.Id);
    }

    /// <summary>Waits for lines.</summary>
    public Task UntilAsync(string expected, Func<IReadOnlyList<string>, bool> holds, HostProcess host)
        => Until.HoldsAsync(expected, () => Task.FromResult(Lines), holds, static lines => $"{lines.Count} lines, the last: {(lines.Count > 0 ? lines[^1] : "none")}", () => host.Output);
}
