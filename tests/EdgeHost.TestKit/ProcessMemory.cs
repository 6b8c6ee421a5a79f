namespace EdgeHost.TestKit;

/// <summary>Memory of a process as Linux reports it.</summary>
public static class ProcessMemory
{
    /// <summary>Resident bytes (VmRSS) of a process.</summary>
    public static long ResidentBytes(int processId) => ReadStatus(processId, "VmRSS:");

    /// <summary>The most resident bytes that it ever had (VmHWM).</summary>
    public static long PeakResidentBytes(int processId) => ReadStatus(processId, "VmHWM:");

    /// <summary>Resident bytes that no file backs (RssAnon).</summary>
    public static long AnonymousBytes(int processId) => ReadStatus(processId, "RssAnon:");

    private static long ReadStatus(int processId, string field)
    {
        foreach (var line in File.ReadLines($"/proc/{processId}/status"))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
            {
                return 1024 * long.Parse(line[field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim());
            }
        }

        throw new InvalidOperationException($"/proc/{processId}/status has no {field}");
    }
}
