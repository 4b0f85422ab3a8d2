// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Spindle.Service.Tests.S3.Operations;

public sealed class MultipartOperationsTests(ServedVault vault) : IClassFixture<ServedVault>
{
    private const int Part = 5 << 20; // bytes: the least that S3 allows

    [Fact]
    public async Task Parts_that_come_in_any_order_are_one_object()
    {
        string bucket = await vault.BucketAsync();
        byte[] bytes = RandomNumberGenerator.GetBytes((2 * Part) + 1000);
        string upload = await BeginAsync(bucket);
        Assert.Single((await vault.Client.ListMultipartUploadsAsync(bucket)).MultipartUploads);
        PartETag third = await PartAsync(bucket, upload, 3, bytes.AsMemory(2 * Part));
        PartETag first = await PartAsync(bucket, upload, 1, bytes.AsMemory(0, Part));
        await PartAsync(bucket, upload, 2, new byte[Part]);
        PartETag second = await PartAsync(bucket, upload, 2, bytes.AsMemory(Part, Part)); // the last one counts
        Assert.Equal([1, 2, 3], (await vault.Client.ListPartsAsync(bucket, "key", upload)).Parts.Select(part => part.PartNumber!.Value));
        CompleteMultipartUploadResponse made = await CompleteAsync(bucket, upload, first, second, third);
        Assert.EndsWith("-3\"", made.ETag, StringComparison.Ordinal);
        Assert.Equal(made.ETag, (await CompleteAsync(bucket, upload, first, second, third)).ETag); // an answer may be lost on its way
        using GetObjectResponse got = await vault.Client.GetObjectAsync(bucket, "key");
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(got.ResponseStream));
        Assert.Equal("InvalidPart", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", PartNumber = 4 })));
        using GetObjectResponse piece = await vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", PartNumber = 2 });
        Assert.Equal((Part, 3), (piece.ContentLength, piece.PartsCount));
        Assert.Empty((await vault.Client.ListMultipartUploadsAsync(bucket)).MultipartUploads ?? []);
    }

    [Fact]
    public async Task What_does_not_fit_together_is_refused()
    {
        string bucket = await vault.BucketAsync();
        string upload = await BeginAsync(bucket);
        PartETag one = await PartAsync(bucket, upload, 1, new byte[10]), two = await PartAsync(bucket, upload, 2, new byte[10]);
        Assert.Equal("EntityTooSmall", await ServedVault.CodeAsync(() => CompleteAsync(bucket, upload, one, two)));
        Assert.Equal("InvalidPart", await ServedVault.CodeAsync(() => CompleteAsync(bucket, upload, one, new PartETag(7, one.ETag))));
        Assert.Equal("InvalidPart", await ServedVault.CodeAsync(() => CompleteAsync(bucket, upload, new PartETag(1, "\"0123\""))));
        Assert.Equal("InvalidArgument", await ServedVault.CodeAsync(() => PartAsync(bucket, upload, 10_001, new byte[1])));
        await vault.Client.AbortMultipartUploadAsync(bucket, "key", upload);
        Assert.Equal("NoSuchUpload", await ServedVault.CodeAsync(() => vault.Client.AbortMultipartUploadAsync(bucket, "key", upload)));
        Assert.Equal("NoSuchUpload", await ServedVault.CodeAsync(() => PartAsync(bucket, upload, 1, new byte[1])));
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(bucket, "key")));
    }

    [Fact]
    public async Task A_part_may_be_a_piece_of_another_object()
    {
        string bucket = await vault.BucketAsync();
        await vault.PutAsync(bucket, "source", "testcontent");
        string upload = await BeginAsync(bucket);
        CopyPartResponse part = await vault.Client.CopyPartAsync(new() { SourceBucket = bucket, SourceKey = "source", DestinationBucket = bucket, DestinationKey = "key", UploadId = upload, PartNumber = 1, FirstByte = 4, LastByte = 7 });
        Assert.Equal("InvalidRange", await ServedVault.CodeAsync(() => vault.Client.CopyPartAsync(new() { SourceBucket = bucket, SourceKey = "source", DestinationBucket = bucket, DestinationKey = "key", UploadId = upload, PartNumber = 2, FirstByte = 0, LastByte = 21 })));
        await CompleteAsync(bucket, upload, new PartETag(1, part.ETag));
        Assert.Equal("cont", await vault.GetAsync(bucket, "key"));
    }

    [Theory]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("SHA256", "COMPOSITE")]
    [InlineData("CRC64NVME", "FULL_OBJECT")]
    [InlineData("CRC32C", "FULL_OBJECT")]
    public async Task Checksums_are_of_the_whole_or_of_the_parts(string algorithm, string type)
    {
        string bucket = await vault.BucketAsync();
        InitiateMultipartUploadResponse begun = await vault.Client.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = "key", ChecksumAlgorithm = new(algorithm), ChecksumType = new(type) });
        PartETag one = await PartAsync(bucket, begun.UploadId, 1, new byte[Part], algorithm), two = await PartAsync(bucket, begun.UploadId, 2, "end"u8.ToArray(), algorithm);
        CompleteMultipartUploadResponse made = await CompleteAsync(bucket, begun.UploadId, one, two);
        Assert.Equal(type, made.ChecksumType);
        GetObjectMetadataResponse head = await vault.Client.GetObjectMetadataAsync(new() { BucketName = bucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED });
        string value = head.ChecksumCRC32 ?? head.ChecksumCRC32C ?? head.ChecksumCRC64NVME ?? head.ChecksumSHA256;
        Assert.Equal(type == "COMPOSITE", value.EndsWith("-2", StringComparison.Ordinal));
        if (type == "FULL_OBJECT")
        {
            byte[] whole = [.. new byte[Part], .. "end"u8];
            Assert.Equal(Convert.ToBase64String(Vault.Landing.ChecksumKind.Find(algorithm)!.Of(whole)), value);
        }
    }

    [Theory]
    [InlineData("COMPOSITE")]
    [InlineData("FULL_OBJECT")]
    public async Task Who_says_the_checksum_of_the_whole_is_heard_and_each_part_has_its_own(string type)
    {
        string bucket = await vault.BucketAsync();
        InitiateMultipartUploadResponse begun = await vault.Client.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = "key", ChecksumAlgorithm = new("CRC32"), ChecksumType = new(type) });
        PartETag first = await PartAsync(bucket, begun.UploadId, 1, new byte[Part], "CRC32"), second = await PartAsync(bucket, begun.UploadId, 2, "end"u8.ToArray(), "CRC32");
        Vault.Landing.ChecksumKind crc = Vault.Landing.ChecksumKind.Find("CRC32")!;
        byte[] ofFirst = crc.Of(new byte[Part])!, ofSecond = crc.Of("end"u8)!;
        string whole = Convert.ToBase64String(type == "COMPOSITE" ? crc.Of([.. ofFirst, .. ofSecond])! : crc.Of([.. new byte[Part], .. "end"u8])!) + (type == "COMPOSITE" ? "-2" : "");

        Assert.Equal("BadDigest", await ServedVault.CodeAsync(() => SayAsync("AAAAAA==")));
        CompleteMultipartUploadResponse made = await SayAsync(whole);
        Assert.Equal((whole, type), (made.ChecksumCRC32, made.ChecksumType.Value));

        using GetObjectResponse part = await vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", PartNumber = 2, ChecksumMode = ChecksumMode.ENABLED });
        Assert.Equal((Convert.ToBase64String(ofSecond), type), (part.ChecksumCRC32, part.ChecksumType.Value));
        using GetObjectResponse piece = await vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", ByteRange = new(0, 9), ChecksumMode = ChecksumMode.ENABLED });
        Assert.Null(piece.ChecksumCRC32); // a piece has none
        GetObjectAttributesResponse told = await vault.Client.GetObjectAttributesAsync(new() { BucketName = bucket, Key = "key", ObjectAttributes = [ObjectAttributes.Checksum, ObjectAttributes.ObjectParts] });
        Assert.Equal((whole, 2), (told.Checksum.ChecksumCRC32, told.ObjectParts.TotalPartsCount));

        Task<CompleteMultipartUploadResponse> SayAsync(string checksum) =>
            vault.Client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = "key", UploadId = begun.UploadId, PartETags = [first, second], ChecksumCRC32 = checksum });
    }

    private async Task<string> BeginAsync(string bucket) => (await vault.Client.InitiateMultipartUploadAsync(bucket, "key")).UploadId;

    private async Task<PartETag> PartAsync(string bucket, string upload, int number, ReadOnlyMemory<byte> bytes, string? algorithm = null) =>
        new(number, (await vault.Client.UploadPartAsync(new() { BucketName = bucket, Key = "key", UploadId = upload, PartNumber = number, InputStream = new MemoryStream(bytes.ToArray()), UseChunkEncoding = false, ChecksumAlgorithm = algorithm is null ? null : new(algorithm) })).ETag);

    private Task<CompleteMultipartUploadResponse> CompleteAsync(string bucket, string upload, params PartETag[] parts) =>
        vault.Client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = "key", UploadId = upload, PartETags = [.. parts] });
}
