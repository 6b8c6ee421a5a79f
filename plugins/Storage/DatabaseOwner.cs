namespace EdgeHost.Plugins.Storage;

/// <summary>
/// Who has a database open: one at a time, also of several versions of a plugin in one process. Each of these has a copy of SQLite of its own, and two copies in one process do not see each
/// other's locks (<see href="https://www.sqlite.org/howtocorrupt.html">How to corrupt a database file</see>, 2.2.1): the one that closes would take the log away that the other writes.
/// The lock of a file beside the database is of the file as it was opened, not of the process. Used by one caller at a time.
/// </summary>
internal sealed class DatabaseOwner : IDisposable
{
    public const string Extension = ".lock";

    private readonly FileStream _file;

    private DatabaseOwner(FileStream file, bool isChanged) => (_file, IsChanged) = (file, isChanged);

    /// <summary>Whether somebody else may have had the database since the given owner had it.</summary>
    public bool IsChanged { get; }

    /// <summary>Takes the database.</summary>
    /// <param name="path">The database's file, whose folder is there.</param>
    /// <param name="me">Who takes it: what nobody else is.</param>
    /// <returns>Null while somebody else has it.</returns>
    /// <exception cref="IOException">The file beside it cannot be made or used.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static DatabaseOwner? TryTake(string path, Guid me)
    {
        FileStream file;
        try
        {
            file = PrivateFiles.Open(path + Extension, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && File.Exists(path + Extension))
        {
            return null;
        }

        try
        {
            Span<byte> last = stackalloc byte[16];
            Span<byte> mine = stackalloc byte[16];
            me.TryWriteBytes(mine);
            var isChanged = file.ReadAtLeast(last, last.Length, throwOnEndOfStream: false) < last.Length || !last.SequenceEqual(mine);
            if (isChanged)
            {
                file.Position = 0;
                file.Write(mine);
                file.Flush();
            }

            return new DatabaseOwner(file, isChanged);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
