import type { Feature } from "./feature.js";

/** Files of people: checked, made harmless, kept on a disk or in a bucket. */
export const uploads: Feature = {
  id: "uploads",
  migrations: ["20260101_0015"],
  routers: ["files"],
  models: { file: ["File"] },
  commands: ["files"],
  settings: {
    module: "app.core.uploads.settings",
    name: "UploadSettings",
    problems: "upload_problems",
    secrets: ["s3_secret_access_key"],
  },
  lifespans: [{ module: "app.api.uploads", name: "uploading" }],
  limits: ['"upload_file": Limit("20/hour", "POST /files"),'],
  events: ["UPLOAD_REFUSED", "FILE_DOWNLOADED"],
  erasure: {
    imports: [{ module: "app.services.file_removal", name: "forget_files" }],
    lines: ["await forget_files(session, user_id)"],
  },
  requirements: [
    "",
    "# Uploads",
    "pillow>=12                  # decodes what strangers send: keep it current",
    "botocore>=1.42              # for UPLOAD_STORAGE=s3",
  ],
  devRequirements: [
    "",
    "# A local S3 for the tests of uploads",
    "moto[s3]>=5.1",
    "flask>=3.1",
    "flask-cors>=6.0",
  ],
  untyped: ["botocore.*"],
  edge: ["app.api.uploads"],
};
