using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Devices;

/// <summary>Checks what range attributes cannot: the values of dictionaries, and policies that contradict themselves.</summary>
internal sealed class DeviceOptionsValidator : IValidateOptions<EdgeHostRuntimeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeHostRuntimeOptions options)
    {
        var devices = options.Devices;
        var failures = new List<string>();
        foreach (var (device, bytes) in devices.MemoryBytes)
        {
            if (bytes < 1) failures.Add($"Devices:MemoryBytes:{device} is {bytes}; it must be at least 1.");
        }

        if (devices.ProbePauseLimit < devices.ProbePause)
        {
            failures.Add($"Devices:ProbePauseLimit is {devices.ProbePauseLimit}; it must not be below Devices:ProbePause ({devices.ProbePause}).");
        }

        foreach (var (model, policy) in devices.Models)
        {
            Check($"Devices:Models:{model}", policy, failures);
        }

        foreach (var (app, policy) in devices.Apps)
        {
            Check($"Devices:Apps:{app}", policy, failures);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string where, DevicePolicy? policy, List<string> failures)
    {
        if (policy is null)
        {
            failures.Add($"{where} is empty; give it Require, Prefer or Avoid, or take it out.");
            return;
        }

        CheckList($"{where}:Require", policy.Require, failures);
        CheckList($"{where}:Prefer", policy.Prefer, failures);
        CheckList($"{where}:Avoid", policy.Avoid, failures);
        foreach (var kind in policy.Avoid)
        {
            if (policy.Require.Contains(kind)) failures.Add($"{where} both requires and avoids {kind}; take it out of one of them.");
            if (policy.Prefer.Contains(kind)) failures.Add($"{where} both prefers and avoids {kind}; take it out of one of them.");
        }

        foreach (var kind in policy.Prefer)
        {
            if (policy.Require.Count > 0 && !policy.Require.Contains(kind))
            {
                failures.Add($"{where} prefers {kind} but its Require does not allow it; add it to Require or take it out of Prefer.");
            }
        }
    }

    private static void CheckList(string where, IList<DeviceKind> kinds, List<string> failures)
    {
        for (var i = 0; i < kinds.Count; i++)
        {
            if (!Enum.IsDefined(kinds[i])) failures.Add($"{where} has {(int)kinds[i]}; the kinds are {string.Join(", ", Enum.GetNames<DeviceKind>())}.");
            else if (kinds.IndexOf(kinds[i]) != i) failures.Add($"{where} names {kinds[i]} twice.");
        }
    }
}
