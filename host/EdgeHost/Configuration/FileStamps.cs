namespace EdgeHost.Host.Configuration;

/// <summary>When files were written and how large they are: equal stamps mean that nothing was written in between. Links are followed.</summary>
internal static class FileStamps
{
    public static string Of(IEnumerable<string> paths) => string.Join('|', paths.Select(Of));

    private static string Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file.Exists ? $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {file.Length}" : "none";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link in a circle, or a folder that vanished or may not be read: reading says so.
            return "unreadable";
        }
    }
}
