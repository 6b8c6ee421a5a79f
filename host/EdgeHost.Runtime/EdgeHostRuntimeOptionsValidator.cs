using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime;

[OptionsValidator]
internal sealed partial class EdgeHostRuntimeOptionsValidator : IValidateOptions<EdgeHostRuntimeOptions>;
