using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Onnx.Devices;
using EdgeHost.Runtime.Onnx.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.SelfTest;

/// <summary>Loads and runs <see cref="SelfTestGraph"/> on a device and compares.</summary>
internal static class DeviceSelfTest
{
    /// <summary>Half precision has 11 bits; the results are below 128.</summary>
    private const float Tolerance = 0.1f;

    /// <exception cref="DeviceFaultException">The device failed, does not run such a graph, or computed something wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run(OrtEnv environment, OnnxDevice device, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = device.Description.Id;
        float[] result;
        try
        {
            using var options = SessionOptionsFactory.Create(environment, device);

            // Else the processor would quietly do what the device cannot, and the test would say nothing about the device.
            if (device.ProviderDevice is not null) options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
            using var session = new InferenceSession(SelfTestGraph.Build(), options);
            using var input = OrtValue.CreateTensorValueFromMemory(SelfTestGraph.Input, [1, SelfTestGraph.Size]);
            using var run = new RunOptions();
            using var registration = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, run);
            using var outputs = session.Run(run, ["x"], [input], ["y"]);
            result = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new DeviceFaultException(id, $"The device '{id}' failed its self-test ({OnnxErrors.DeviceProblem(e.Message)}).", e) { HasStarted = true };
        }

        if (!IsExpected(result))
        {
            throw new DeviceFaultException(id, $"The device '{id}' computed its self-test wrong; its driver or hardware is not sound.") { HasStarted = true };
        }
    }

    /// <summary>Whether a result is right within half precision.</summary>
    internal static bool IsExpected(ReadOnlySpan<float> result)
    {
        var expected = SelfTestGraph.Expected;
        if (result.Length != expected.Length) return false;
        for (var i = 0; i < expected.Length; i++)
        {
            // Not a number compares false, so it must not pass by the opposite question.
            if (!(Math.Abs(result[i] - expected[i]) <= Tolerance)) return false;
        }

        return true;
    }
}
