using System.Runtime.InteropServices;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>Bytes of the C library's heap.</summary>
internal sealed unsafe class HeldBytes(nuint bytes) : IDisposable
{
    private void* _start = NativeMemory.Alloc(bytes);

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}
