namespace TestPlugins.Ledger;

/// <summary>A file of lines that outlives the process. Thread-safe.</summary>
internal static class LedgerFile
{
    private static readonly Lock Gate = new();

    public static void Add(string path, string line)
    {
        lock (Gate)
        {
            File.AppendAllText(path, $"{line}\n");
        }
    }
}
