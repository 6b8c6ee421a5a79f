using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Notation;
using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Conformance.Tests.Peers;

/// <summary>A sealed memory file as a host makes it for a region, and a look at what a client put there.</summary>
internal sealed partial class SharedFile : IDisposable
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealSealShrinkGrow = 1 | 2 | 4;
    private readonly SafeFileHandle? _file;

    public SharedFile()
    {
        if (!OperatingSystem.IsLinux()) return;
        _file = new SafeFileHandle(MemoryFile("edgehost-region", CloseOnExec | AllowSealing), ownsHandle: true);
        RandomAccess.SetLength(_file, Bytes);
        if (Control(_file.DangerousGetHandle().ToInt32(), AddSeals, SealSealShrinkGrow) != 0) throw new IOException("The memory file could not be sealed.");
    }

    public int Bytes => 8 * 1024 * 1024;

    public string Path => _file is null ? "/nowhere" : $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}";

    public void Check(PackedPlace place, JsonObject expected)
    {
        var bytes = new byte[place.Length];
        var read = RandomAccess.Read(_file!, bytes, (long)place.Offset);
        if (read != bytes.Length) throw new InvalidDataException($"the region has {read} of {bytes.Length} bytes there");
        if (!PackJson.Encode(expected).AsSpan().SequenceEqual(PackJson.Encode(PackJson.Binary(bytes)))) throw new InvalidDataException($"the region does not have {expected.ToJsonString()} there");
    }

    public void Dispose() => _file?.Dispose();

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MemoryFile(string name, uint flags);

    // fcntl takes its third argument as variadic; an int goes the same way in a register of the platforms that .NET runs on, macOS on ARM excepted.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int file, int command, int argument);
}
