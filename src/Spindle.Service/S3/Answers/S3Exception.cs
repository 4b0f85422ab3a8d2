// SPDX-License-Identifier: MIT
namespace Spindle.Service.S3.Answers;

/// <summary>An answer that refuses, as S3 words it ("Error Responses", Amazon S3 API Reference).</summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    /// <summary>Of HTTP.</summary>
    public int Status => status;

    /// <summary>What clients know it by: <c>NoSuchKey</c>.</summary>
    public string Code => code;

    /// <summary>Further elements of the answer.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static S3Exception InvalidUri() => new(400, "InvalidURI", "Couldn't parse the specified URI.");

    public static S3Exception AccessDenied(string message = "Access Denied") => new(403, "AccessDenied", message);

    public static S3Exception NoSuchBucket(string bucket) => new(404, "NoSuchBucket", "The specified bucket does not exist") { Details = [("BucketName", bucket)] };

    public static S3Exception NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.") { Details = [("Key", key)] };

    public static S3Exception NoSuchVersion(string key, string version) => new(404, "NoSuchVersion", "The specified version does not exist.") { Details = [("Key", key), ("VersionId", version)] };

    public static S3Exception NoSuchUpload(string? upload) => new(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.") { Details = [("UploadId", upload ?? "")] };

    public static S3Exception InvalidArgument(string message, string? name = null, string? value = null) => new(400, "InvalidArgument", message)
    {
        Details = name is null ? [] : [("ArgumentName", name), ("ArgumentValue", value ?? "")],
    };

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception MalformedXml(string? message = null) => new(400, "MalformedXML", message ?? "The XML you provided was not well-formed or did not validate against our published schema");

    public static S3Exception NotImplemented(string what) => new(501, "NotImplemented", $"A header or query you provided implies functionality that is not implemented: {what}");

    public static S3Exception PreconditionFailed(string condition) => new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold") { Details = [("Condition", condition)] };

    public static S3Exception MethodNotAllowed() => new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");

    public static S3Exception BadDigest(string name) => new(400, "BadDigest", $"The {name} you specified did not match what we received.");

    public static S3Exception IncompleteBody() => new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static S3Exception InvalidObjectState(string message, string storageClass) => new(403, "InvalidObjectState", message) { Details = [("StorageClass", storageClass)] };
}
