using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace EdgeHost.TestKit.Onnx;

/// <summary>
/// A virtual NPU and GPU: an execution provider that ONNX Runtime treats like any vendor's, computing on the processor. Register
/// <see cref="LibraryPath"/> under <see cref="RegistrationName"/> and allow virtual devices, in this process or in a host's; the controls work in both.
/// Dispose after the last session on it. Tests that use it are marked <see cref="VirtualProviderFactAttribute"/>.
/// </summary>
public sealed unsafe class VirtualProvider : IDisposable
{
    /// <summary>What ONNX Runtime calls the provider.</summary>
    public const string ProviderName = "edgehost-virtual";

    private const int FileBytes = 4096;
    private const int HeaderBytes = 64;
    private const int DeviceBytes = 256;
    private const long Magic = 0x3150565448474445;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private VirtualProvider(string libraryPath, string devices, long memoryBytes)
    {
        LibraryPath = libraryPath;
        _path = Path.Combine(Path.GetTempPath(), $"edgehost-virtual-{Guid.NewGuid():N}");
        var content = new byte[FileBytes];
        BinaryPrimitives.WriteInt64LittleEndian(content, Magic);
        File.WriteAllBytes(_path, content);
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Open, mapName: null, FileBytes);
        _view = _file.CreateViewAccessor(0, FileBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Npu = new VirtualDeviceControl((long*)(start + HeaderBytes));
        Gpu = new VirtualDeviceControl((long*)(start + HeaderBytes + DeviceBytes));
        RegistrationName = $"{ProviderName}?devices={devices}&npu.memory_bytes={memoryBytes}&gpu.memory_bytes={memoryBytes}&control={_path}&.virtual";
    }

    /// <summary>The library.</summary>
    public string LibraryPath { get; }

    /// <summary>The name to register it under; it carries the devices and where their control is.</summary>
    public string RegistrationName { get; }

    /// <summary>The device <c>npu0</c>.</summary>
    public VirtualDeviceControl Npu { get; }

    /// <summary>The device <c>gpu0</c>.</summary>
    public VirtualDeviceControl Gpu { get; }

    /// <summary>Builds the library where it was not built yet, and makes a control for it.</summary>
    /// <param name="devices">Kinds to offer: <c>npu</c>, <c>gpu</c>, with a comma between.</param>
    /// <param name="memoryBytes">Memory of each device.</param>
    /// <exception cref="InvalidOperationException">There is no compiler, or the sources do not compile.</exception>
    public static VirtualProvider Create(string devices = "npu,gpu", long memoryBytes = 1L << 30)
        => VirtualProviderBuild.Library.Value is { Path: { } path }
            ? new VirtualProvider(path, devices, memoryBytes)
            : throw new InvalidOperationException(VirtualProviderBuild.Library.Value.Problem);

    /// <summary>Ends the control; a run that still hangs goes on first.</summary>
    public void Dispose()
    {
        Npu.Heal();
        Gpu.Heal();
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
