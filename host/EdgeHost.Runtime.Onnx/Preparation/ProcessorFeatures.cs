using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace EdgeHost.Runtime.Onnx.Preparation;

/// <summary>
/// The instruction sets that decide how ONNX Runtime lays weights out: a form made for a processor with wider vectors would be slow, or wrong, on one
/// without. A home folder that moves to another machine, or a virtual machine to another host, is enough for that.
/// </summary>
internal static class ProcessorFeatures
{
    /// <summary>Architecture and instruction sets, for example <c>X64+sse42+avx2+fma</c>.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var text = new StringBuilder(RuntimeInformation.ProcessArchitecture.ToString());
        Add(Sse42.IsSupported, "sse42");
        Add(Avx.IsSupported, "avx");
        Add(Avx2.IsSupported, "avx2");
        Add(Fma.IsSupported, "fma");
        Add(AvxVnni.IsSupported, "avxvnni");
        Add(Avx512F.IsSupported, "avx512f");
        Add(Avx512BW.IsSupported, "avx512bw");
        Add(Avx512Vbmi.IsSupported, "avx512vbmi");
        Add(AdvSimd.IsSupported, "neon");
        Add(Dp.IsSupported, "dotprod");
        Add(Rdm.IsSupported, "rdm");
        return text.ToString();

        void Add(bool isSupported, string name)
        {
            if (isSupported) text.Append('+').Append(name);
        }
    }
}
