using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Shared memory of a host, as the system shows it. On Linux.</summary>
internal static class HostRegions
{
    /// <summary>The files that the host holds open, which must be as many as it has mapped; -1 while they are not.</summary>
    public static int Count(HostProcess host)
    {
        var files = Directory.EnumerateFiles($"/proc/{host.ProcessId}/fd")
            .Count(path => new FileInfo(path).LinkTarget?.Contains("edgehost-region", StringComparison.Ordinal) == true);
        var mappings = File.ReadLines($"/proc/{host.ProcessId}/maps").Count(line => line.Contains("edgehost-region", StringComparison.Ordinal));
        return files == mappings ? files : -1;
    }
}
