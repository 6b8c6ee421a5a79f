namespace EdgeHost.Plugins.Speech.Synthesis.Programs;

/// <summary>An installed program as it is now: another time or size is another one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Written">When it was written.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record ProgramFile(string Path, DateTime Written, long Bytes)
{
    /// <summary>Finds a program as a shell would.</summary>
    /// <param name="name">A name to be looked for in <c>PATH</c>, or a path.</param>
    /// <returns>The program, or null: it is not there, or not to be run.</returns>
    public static ProgramFile? Find(string name)
    {
        if (name.Length == 0) return null;
        var folders = name.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? [string.Empty]
            : Environment.GetEnvironmentVariable("PATH")?.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (var folder in folders)
        {
            var file = new FileInfo(System.IO.Path.Combine(folder, OperatingSystem.IsWindows() && !System.IO.Path.HasExtension(name) ? $"{name}.exe" : name));
            if (file.Exists && IsExecutable(file)) return new ProgramFile(file.FullName, file.LastWriteTimeUtc, file.Length);
        }

        return null;
    }

    private static bool IsExecutable(FileInfo file)
        => OperatingSystem.IsWindows() || (file.UnixFileMode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None;
}
