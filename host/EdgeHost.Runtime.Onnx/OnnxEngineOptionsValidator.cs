using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Onnx;

[OptionsValidator]
internal sealed partial class OnnxEngineOptionsValidator : IValidateOptions<OnnxEngineOptions>;
