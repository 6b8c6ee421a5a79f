using Microsoft.Extensions.Options;

namespace EdgeHost.PluginHost;

/// <summary>Checks every range of <see cref="PluginHostOptions"/> and reports all that is wrong at once.</summary>
internal sealed class PluginHostOptionsValidator : IValidateOptions<PluginHostOptions>
{
    public ValidateOptionsResult Validate(string? name, PluginHostOptions options)
    {
        var problems = new List<string>();
        var hour = TimeSpan.FromHours(1);
        Check(nameof(options.ScanInterval), options.ScanInterval, TimeSpan.FromMilliseconds(50), hour);
        Check(nameof(options.StartTimeout), options.StartTimeout, TimeSpan.FromMilliseconds(100), hour);
        Check(nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, hour);
        Check(nameof(options.StopTimeout), options.StopTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        Check(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(10), hour);
        Check(nameof(options.MaxRetryDelay), options.MaxRetryDelay, options.RetryDelay, TimeSpan.FromDays(1));
        Check(nameof(options.MaxPlugins), options.MaxPlugins, 1, 10_000);
        Check(nameof(options.MaxFiles), options.MaxFiles, 1, 1_000_000);
        Check(nameof(options.MaxBytes), options.MaxBytes, 1, 1L << 40);
        Check(nameof(options.LeakCollections), options.LeakCollections, 1, 1000);
        if (string.IsNullOrWhiteSpace(options.DataFolder)) problems.Add($"{nameof(options.DataFolder)} is empty.");
        if (string.IsNullOrWhiteSpace(options.ShadowFolder)) problems.Add($"{nameof(options.ShadowFolder)} is empty.");
        for (var i = 0; i < options.Directories.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(options.Directories[i].Path)) problems.Add($"{nameof(options.Directories)}[{i}].Path is empty.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check<T>(string option, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) problems.Add($"{option} is {value}; it must be from {least} to {most}.");
        }
    }
}
