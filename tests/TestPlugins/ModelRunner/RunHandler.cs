using System.Diagnostics;
using System.Text;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.ModelRunner;

[Capability(RunRequest.Method, Summary = "Runs steps of a model on made-up inputs.", Example = """{"model":"ocr-cls","steps":2}""")]
internal sealed class RunHandler : CapabilityHandler<RunRequest, RunResponse>
{
    public override async ValueTask<RunResponse> HandleAsync(RunRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var lease = await context.Models.LeaseAsync(request.Model, cancellationToken).ConfigureAwait(false);
        var leased = Stopwatch.GetElapsedTime(started);
        var (devices, queued, ran) = (new string[request.Steps], new long[request.Steps], new long[request.Steps]);
        var inputs = request.Steps == 0 ? [] : new InputFiller(lease, request.Inputs).Create();
        try
        {
            var step = new ModelStep { Inputs = inputs, MayRunOnCallingThread = request.OnCallingThread, IsRepeatable = request.IsRepeatable };
            for (var i = 0; i < request.Steps; i++)
            {
                using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
                (devices[i], queued[i], ran[i]) = (result.Device, (long)result.QueueTime.TotalMicroseconds, (long)result.RunTime.TotalMicroseconds);
            }
        }
        finally
        {
            foreach (var input in inputs) input.Value.Dispose();
        }

        if (request.Judged is { } judged)
        {
            context.ReportAnswer(new AnswerReport
            {
                Label = request.Verdict,
                Confidence = request.Confidence,
                Kind = AnswerInputKind.Text,
                Input = Encoding.UTF8.GetBytes(judged),
                Measures = new Dictionary<string, double>(StringComparer.Ordinal) { ["length"] = judged.Length },
            });
        }

        return new RunResponse
        {
            Devices = devices,
            QueueUs = queued,
            RunUs = ran,
            LeaseUs = (long)leased.TotalMicroseconds,
            TotalUs = (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds,
        };
    }
}
