using System.Buffers.Text;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Native;

/// <summary>
/// The one thing of ONNX Runtime's C interface that its managed package does not wrap and the engine needs: an allocator's statistics. The package
/// publishes the table of functions as a struct; the functions here have been in it since version 1.23.
/// </summary>
internal static unsafe partial class OrtNative
{
    private const uint ApiVersion = 23;
    private static readonly OrtApi Api = GetApi();

    /// <summary>Reads the regions that an allocator holds and what of them is handed out.</summary>
    /// <param name="allocator">A living allocator.</param>
    /// <returns>Null where it keeps no statistics.</returns>
    public static ArenaStatistics? ReadStatistics(IntPtr allocator)
    {
        IntPtr pairs;
        var status = ((delegate* unmanaged[Cdecl]<IntPtr, IntPtr*, IntPtr>)Api.AllocatorGetStats)(allocator, &pairs);
        if (status != IntPtr.Zero)
        {
            ((delegate* unmanaged[Cdecl]<IntPtr, void>)Api.ReleaseStatus)(status);
            return null;
        }

        try
        {
            return Read(pairs, "TotalAllocated"u8) is { } total && Read(pairs, "InUse"u8) is { } used ? new ArenaStatistics(total, used) : null;
        }
        finally
        {
            ((delegate* unmanaged[Cdecl]<IntPtr, void>)Api.ReleaseKeyValuePairs)(pairs);
        }
    }

    private static long? Read(IntPtr pairs, ReadOnlySpan<byte> key)
    {
        byte* text;
        fixed (byte* name = key)
        {
            // A literal has a zero after its end.
            text = ((delegate* unmanaged[Cdecl]<IntPtr, byte*, byte*>)Api.GetKeyValue)(pairs, name);
        }

        if (text is null) return null;
        var digits = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        return Utf8Parser.TryParse(digits, out long value, out var length) && length == digits.Length ? value : null;
    }

    private static OrtApi GetApi()
    {
        var root = Marshal.PtrToStructure<OrtApiBase>(OrtGetApiBase());
        var table = ((delegate* unmanaged[Cdecl]<uint, IntPtr>)root.GetApi)(ApiVersion);
        return table != IntPtr.Zero
            ? Marshal.PtrToStructure<OrtApi>(table)
            : throw new EntryPointNotFoundException($"This ONNX Runtime is older than version 1.{ApiVersion}.");
    }

    [LibraryImport("onnxruntime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial IntPtr OrtGetApiBase();
}
