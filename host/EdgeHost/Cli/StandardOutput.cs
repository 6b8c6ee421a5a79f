using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Host.Cli;

/// <summary>Standard output that says when nobody reads it any more: the console's own stream swallows that, and a stream of items would go on for nobody.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    // EPIPE, the same on every Unix.
    private const int BrokenPipe = 32;

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public static bool IsClosed(IOException e) => !OperatingSystem.IsWindows() && e.HResult == BrokenPipe;

    /// <summary>Opens it for one write; the caller disposes it.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A file has a place to write at, which the console's stream shares with everything else that prints.
        if (!stream.CanSeek) return stream;
        stream.Dispose();
        return Console.OpenStandardOutput();
    }
}
