import { z } from 'zod';

import type { IdentityDesk, ProvisioningDesk } from '../domain/identity-desk.ts';
import {
  AuthorityView,
  CertificateInput,
  CredentialList,
  CredentialView,
  NewCertificate,
  NewProvisioningKey,
  NewSecret,
  Provisioned,
  ProvisioningKeyInput,
  ProvisioningKeyList,
  ProvisioningRequest,
  Reprovisioning,
  Why,
} from '../protocol/device/identity.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

export interface IdentityDependencies {
  identity: IdentityDesk;
  provisioning: ProvisioningDesk;
}

/** The path that devices themselves call, without a page and so without an origin; its failures are counted. */
export const provisioningPath = '/api/v1/provisioning';
const keyPath = '/api/v1/provisioning-keys';
const authorityPath = '/api/v1/authority';
const devicePath = '/api/v1/devices/{id}';

const CredentialParams = IdParams.extend({ credentialId: z.string().min(1).max(80) });

export function identityRoutes(dependencies: IdentityDependencies): Route[] {
  return [
    ...credentialRoutes(dependencies),
    ...authorityRoutes(dependencies),
    ...provisioningRoutes(dependencies),
  ];
}

function credentialRoutes({ identity }: IdentityDependencies): Route[] {
  const one = { requestParams: { path: IdParams } };

  return [
    {
      method: 'get',
      path: `${devicePath}/credentials`,
      access: 'signed-in',
      operation: {
        operationId: 'listCredentials',
        summary: 'By what a device may sign in, and might once; never the secrets themselves.',
        ...one,
        responses: answers('The credentials, newest first.', CredentialList),
      },
      handle: async (request, response, { scope }) => {
        response.json(await identity.credentials(scope, idOf(request)));
      },
    },
    {
      method: 'post',
      path: `${devicePath}/secret`,
      access: 'signed-in',
      operation: {
        operationId: 'renewSecret',
        summary:
          'Give a device a new secret, shown this once; the old ones hold until it is first used, a day at most.',
        ...one,
        responses: answers('The secret.', NewSecret),
      },
      handle: async (request, response, { scope }) => {
        response.json(await identity.renewSecret(scope, idOf(request)));
      },
    },
    {
      method: 'post',
      path: `${devicePath}/certificate`,
      access: 'signed-in',
      operation: {
        operationId: 'issueCertificate',
        summary:
          'Give a device a client certificate for a year, with its own key or one made here.',
        ...one,
        ...body(CertificateInput, false),
        responses: answers('The certificate, and its key this once.', NewCertificate),
      },
      handle: async (request, response, { scope }) => {
        const input = parseBody(CertificateInput, request);
        response.json(await identity.issueCertificate(scope, idOf(request), input));
      },
    },
    {
      method: 'post',
      path: `${devicePath}/credentials/{credentialId}/revocation`,
      access: 'signed-in',
      operation: {
        operationId: 'revokeCredential',
        summary: 'Let a credential hold no more; the connections of the device are cut.',
        requestParams: { path: CredentialParams },
        ...body(Why),
        responses: answers('The credential as it is afterwards.', CredentialView),
      },
      handle: async (request, response, { scope }) => {
        const { id, credentialId } = CredentialParams.parse(request.params);
        const { reason } = parseBody(Why, request);
        response.json(await identity.revoke(scope, id, credentialId, reason));
      },
    },
    {
      method: 'put',
      path: `${devicePath}/reprovisioning`,
      access: 'signed-in',
      operation: {
        operationId: 'allowReprovisioning',
        summary: 'Let a device fetch a new secret after a factory reset, once, within the hour.',
        ...one,
        responses: answers('Until when it may.', Reprovisioning),
      },
      handle: async (request, response, { scope }) => {
        response.json(await identity.allowAgain(scope, idOf(request)));
      },
    },
  ];
}

function authorityRoutes({ identity }: IdentityDependencies): Route[] {
  return [
    {
      method: 'get',
      path: authorityPath,
      access: 'signed-in',
      operation: {
        operationId: 'getAuthority',
        summary: 'The certificate authority that vouches for the devices of the municipality.',
        responses: answers('Its certificate; never its key.', AuthorityView),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await identity.authority(scope));
      },
    },
    {
      method: 'post',
      path: authorityPath,
      access: 'signed-in',
      operation: {
        operationId: 'makeAuthority',
        summary: 'Make the certificate authority of the municipality.',
        responses: answers('Its certificate; never its key.', AuthorityView),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await identity.makeAuthority(scope));
      },
    },
    {
      method: 'get',
      path: `${authorityPath}/revocations`,
      access: 'signed-in',
      operation: {
        operationId: 'getRevocations',
        summary: 'Which certificates hold no more (X.509 CRL), as of now.',
        responses: {
          200: {
            description: 'The list, in PEM.',
            content: { 'application/x-pem-file': { schema: z.string() } },
          },
        },
      },
      handle: async (_request, response, { scope }) => {
        const list = await identity.revocations(scope);
        response.setHeader('Content-Type', 'application/x-pem-file');
        response.end(list);
      },
    },
  ];
}

function provisioningRoutes({ identity, provisioning }: IdentityDependencies): Route[] {
  return [
    {
      method: 'get',
      path: keyPath,
      access: 'signed-in',
      operation: {
        operationId: 'listProvisioningKeys',
        summary: 'The keys with which fleets fetch their secrets; never the keys themselves.',
        responses: answers('The keys, newest first.', ProvisioningKeyList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await identity.keys(scope));
      },
    },
    {
      method: 'post',
      path: keyPath,
      access: 'signed-in',
      operation: {
        operationId: 'addProvisioningKey',
        summary: 'Add a key for so many devices until then, shown this once.',
        ...body(ProvisioningKeyInput),
        responses: answers('The key.', NewProvisioningKey),
      },
      handle: async (request, response, { scope }) => {
        response.json(await identity.addKey(scope, parseBody(ProvisioningKeyInput, request)));
      },
    },
    {
      method: 'delete',
      path: `${keyPath}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'revokeProvisioningKey',
        summary: 'Let a key hold no more; devices that have fetched their secrets keep them.',
        requestParams: { path: IdParams },
        responses: { 204: { description: 'It holds no more.' } },
      },
      handle: async (request, response, { scope }) => {
        await identity.revokeKey(scope, idOf(request));
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: provisioningPath,
      access: 'anyone',
      operation: {
        operationId: 'provision',
        summary: 'A device fetches its own secret, with a key and its serial number.',
        ...body(ProvisioningRequest),
        responses: answers('Who it is, and its secret this once.', Provisioned),
      },
      handle: async (request, response) => {
        response.json(await provisioning.provision(parseBody(ProvisioningRequest, request)));
      },
    },
  ];
}
